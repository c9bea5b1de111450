"""What can go wrong when an atlas is made."""

from core.errors import CoreError


class TooFewPointsError(CoreError):
    """There are not enough different activations to lay out."""

    def __init__(self, count: int, least: int) -> None:
        self.count, self.least = count, least
        super().__init__(
            f"{count} different activations cannot be laid out; at least {least} are needed"
        )
