"""Refusals that depend on what a job is given beside its model."""


class JobRefusedError(Exception):
    """The job cannot be done as it was submitted; trying again would not help."""

    def __init__(self, code: str, detail: str) -> None:
        self.code, self.detail = code, detail
        super().__init__(detail)
