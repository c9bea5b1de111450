"""What can go wrong when an object is sought where a map points."""

from core.errors import CoreError


class NothingToLocalizeError(CoreError):
    """The map or the image's colours do not tell an object from its surroundings."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"no object can be localized: {reason}")
