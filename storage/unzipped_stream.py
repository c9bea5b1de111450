"""What a gzip file unfolds to, counted as it is read."""

import gzip
import zlib
from typing import BinaryIO

from storage.archive_rules import ArchiveRules
from storage.errors import ArchiveUndecodableError

MAGIC = b"\x1f\x8b\x08"


def is_gzip(head: bytes) -> bool:
    """Say whether a file begins as a gzip file does."""
    return head.startswith(MAGIC)


class UnzippedStream:
    """Reads a gzip file, never more at once than asked for."""

    def __init__(self, file: BinaryIO, rules: ArchiveRules) -> None:
        self._file = gzip.GzipFile(fileobj=file, mode="rb")
        self._rules = rules

    def read(self, size: int) -> bytes:
        """Read up to so many bytes; less at the end alone.

        Raises:
            ArchiveUnsafeError: the file unfolds to too much.
            ArchiveUndecodableError: it is damaged or cut off.
        """
        pieces = []
        while size > 0:
            try:
                piece = self._file.read(size)
            except (OSError, EOFError, zlib.error) as error:
                raise ArchiveUndecodableError("its gzip data are damaged or cut off") from error
            if not piece:
                break
            self._rules.count_bytes(len(piece))
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)
