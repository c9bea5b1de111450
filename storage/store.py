"""A store: files by path, in a folder of this machine or under a prefix of an S3 bucket."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from storage.errors import StoreUrlError
from storage.folder_store import FolderStore
from storage.object_store import ObjectStore
from storage.stored_file import StoredFile, TaggedFile

FOLDER_SCHEME = "file://"
S3_SCHEME = "s3://"


class Store(Protocol):
    """Files by path (see `storage.paths`); whole or not there, never half written.

    Every method may be called from any thread, and blocks. All raise `StoreUnavailableError`
    when the store does not answer, and `PathInvalidError` for what is no path of a file.
    """

    def write(self, path: str, content: bytes) -> None:
        """Write a file, or put another content in its place, at one blow.

        Raises:
            StoreFullError: there is no room; what was there before still is.
        """

    def read(self, path: str) -> bytes:
        """Read a whole file.

        Raises:
            FileNotStoredError: there is none.
        """

    def read_range(self, path: str, start: int, stop: int, *, etag: str) -> bytes:
        """Read the bytes from `start` up to `stop`, less where the file ends before.

        Raises:
            FileNotStoredError: there is none.
            FileChangedError: its content has not that tag.
        """

    def has(self, path: str) -> bool:
        """Say whether there is such a file."""

    def tagged(self, path: str) -> TaggedFile:
        """Tell a file's size and tag.

        Raises:
            FileNotStoredError: there is none.
        """

    def files(self, prefix: str) -> Iterator[StoredFile]:
        """Go through the files whose path begins with the names of the prefix.

        In the order of the bytes of their paths. Names that begin with a dot are left out, and
        so are links. Nothing is held in memory but, of a folder, the names in it.
        """

    def tagged_files(self, prefix: str) -> Iterator[TaggedFile]:
        """Go through the same files, with their tags."""

    def delete(self, path: str) -> None:
        """Delete a file; one that is not there is no fault."""

    def delete_all(self, prefix: str) -> None:
        """Delete all files whose path begins with the names of the prefix."""


def open_store(url: str) -> Store:
    """Open a store; nothing is asked of it yet.

    What an S3 store needs besides comes from the environment, as for other programs:
    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL, AWS_PROFILE.

    Args:
        url: a folder, as path or `file://` URL, or `s3://bucket/prefix`.

    Raises:
        StoreUrlError: it is something else, or what is needed for it is not installed.
    """
    if url.startswith(S3_SCHEME):
        return ObjectStore(url.removeprefix(S3_SCHEME))
    folder = url.removeprefix(FOLDER_SCHEME)
    if "://" in folder or not folder:
        raise StoreUrlError(url, "a folder or s3://bucket/prefix is wanted")
    return FolderStore(Path(folder).absolute())
