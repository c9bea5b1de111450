"""A file of an archive."""

from collections.abc import Iterator
from dataclasses import dataclass

CHUNK_BYTES = 256 * 1024
"""What is held of a member while it is read."""


@dataclass(frozen=True)
class Member:
    """A file of an archive, to be read before the next is asked for."""

    path: str
    """Where it may be put: relative, and one that `checked_path` takes."""
    size: int
    """Bytes."""
    chunks: Iterator[bytes]
    """Its content; need not be read. Raises what `members_of` does."""
