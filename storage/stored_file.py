"""A file of the store, as listings tell of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoredFile:
    """A file and its size."""

    path: str
    """Within the store."""
    bytes: int


@dataclass(frozen=True)
class TaggedFile(StoredFile):
    """A file, its size, and what tells its content from any other."""

    etag: str
    """The same as long as the content is the same; other content has another. No quotes."""
