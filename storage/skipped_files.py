"""Files that were left out of a dataset: all counted, the first ones listed."""

from api_schemas.datasets import SkippedFile

LISTED_FILES = 1000
"""A dataset of a million text files needs no list of them."""


class SkippedFiles:
    """Collects what was left out."""

    def __init__(self) -> None:
        self.count = 0
        self.listed: list[SkippedFile] = []

    def add(self, path: str, reason: str) -> None:
        """Note a file and why it was left out."""
        self.count += 1
        if len(self.listed) < LISTED_FILES:
            self.listed.append(SkippedFile(path=path, reason=reason))
