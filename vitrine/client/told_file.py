"""A file that tells how much of it has been read, for the bar of an upload."""

import io
from collections.abc import Callable
from pathlib import Path

OnSent = Callable[[int, int], None]
"""Called with the bytes read so far, and those of the whole file."""


class ToldFile(io.BufferedReader):
    """A file, opened for reading from front to back."""

    def __init__(self, path: Path, tell: OnSent | None) -> None:
        super().__init__(io.FileIO(path))
        self._tell = tell
        self._whole = path.stat().st_size

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on, and tell how far it is."""
        content = super().read(size)
        if self._tell is not None:
            self._tell(self.tell(), self._whole)
        return content
