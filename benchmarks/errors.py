"""What can stop a benchmark."""

from pathlib import Path


class SharedFolderMissingError(Exception):
    """The photographs and the network that the benchmarks run on are not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            f"the benchmarks need {folder.name}/ beside the project, with the ImageNet network"
        )


class MarkMissingError(Exception):
    """A page has no place for a section."""

    def __init__(self, section: str) -> None:
        self.section = section
        super().__init__(f"the page lacks the two marks of section {section!r}")


class BenchmarkFailedError(Exception):
    """A service under load answered something that it must not."""

    def __init__(self, status: int, body: str) -> None:
        self.status, self.body = status, body
        super().__init__(f"status {status}: {body[:300]}")
