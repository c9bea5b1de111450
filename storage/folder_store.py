"""A store in a folder: what is written has another name first, and the right one when whole."""

import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.errors import (
    FileChangedError,
    FileNotStoredError,
    PathInvalidError,
    StoreFullError,
    StoreUnavailableError,
)
from storage.file_tags import tag_of
from storage.paths import checked_path
from storage.stored_file import StoredFile, TaggedFile

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

DELETED = ".deleted"
"""Folder of what is being deleted: a prefix disappears at one blow, then its files go."""

A_FILE_IS_THERE = "a file is where a folder should be"

WRITE_ATTEMPTS = 1000
"""A folder may be deleted between its making and its use. Each attempt that fails so takes
a deletion by somebody else, so this many in a row are no coincidence.
"""


class FolderStore:
    """Files in a folder, which is made when something is first written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, path: str, content: bytes) -> None:
        """Write a file; it survives that the process is killed, or the power goes."""
        place = self._place(path)
        self._make_folder()
        for _ in range(WRITE_ATTEMPTS):
            with suppress(FileNotStoredError), _faults_told(path):
                _write_whole(place, content)
                return
        raise StoreUnavailableError("its folders are deleted again and again")

    def read(self, path: str) -> bytes:
        """Read a whole file."""
        with _faults_told(path):
            return self._place(path).read_bytes()

    def read_range(self, path: str, start: int, stop: int, *, etag: str) -> bytes:
        """Read some bytes of the file that has that tag."""
        with _faults_told(path), self._place(path).open("rb") as file:
            if tag_of(file) != etag:
                raise FileChangedError(path)
            file.seek(start)
            return file.read(max(stop - start, 0))

    def has(self, path: str) -> bool:
        """Say whether there is such a file."""
        with _faults_told(path):
            return self._place(path).is_file()

    def tagged(self, path: str) -> TaggedFile:
        """Tell a file's size and tag."""
        with _faults_told(path), self._place(path).open("rb") as file:
            return TaggedFile(path, os.fstat(file.fileno()).st_size, tag_of(file))

    def files(self, prefix: str) -> Iterator[StoredFile]:
        """Go through the files below a prefix."""
        for path in self._paths(prefix):
            try:
                with _faults_told(path):
                    size = os.stat(self._folder / path).st_size
            except FileNotStoredError:
                continue
            yield StoredFile(path, size)

    def tagged_files(self, prefix: str) -> Iterator[TaggedFile]:
        """Go through the files below a prefix, with their tags."""
        for path in self._paths(prefix):
            try:
                file = self.tagged(path)
            except FileNotStoredError:
                continue
            yield file

    def delete(self, path: str) -> None:
        """Delete a file."""
        with suppress(FileNotStoredError), _faults_told(path):
            self._place(path).unlink()

    def delete_all(self, prefix: str) -> None:
        """Delete all files below a prefix; they are out of sight at once."""
        place = self._place(prefix)
        waste = self._folder / DELETED
        with _faults_told(prefix):
            if not waste.is_dir() and not place.is_dir():
                return
            waste.mkdir(exist_ok=True)
            with suppress(FileNotFoundError):
                place.rename(waste / uuid.uuid4().hex)
            # What an earlier deletion left behind, because it was killed, goes with it.
            for folder in waste.iterdir():
                _remove_tree(folder)

    def _make_folder(self) -> None:
        """Make the folder itself.

        Raises:
            StoreUnavailableError: where it should be, nothing can be made.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailableError(f"its folder: {error.strerror}") from error

    def _place(self, path: str) -> Path:
        """Give the place of a path on this machine."""
        return self._folder / checked_path(path)

    def _paths(self, prefix: str) -> Iterator[str]:
        """Go through the paths below a prefix, in the order of their bytes."""
        below = []
        with suppress(FileNotStoredError), _faults_told(prefix):
            place = self._place(prefix) if prefix else self._folder
            with os.scandir(place) as entries:
                below = sorted(_listed(entries))
        for name in below:
            path = os.fsdecode(name) if not prefix else f"{prefix}/{os.fsdecode(name)}"
            if path.endswith("/"):
                yield from self._paths(path[:-1])
            else:
                yield path


def _listed(entries: Iterator[os.DirEntry[str]]) -> Iterator[bytes]:
    """Name what a listing shows of a folder, folders with a `/` behind them.

    So they sort as the paths of the files in them do. Names that are no UTF-8, or that no
    file of a store may have, are left out.
    """
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        if not is_folder and not entry.is_file(follow_symlinks=False):
            continue
        with suppress(PathInvalidError):
            yield checked_path(entry.name).encode() + (b"/" if is_folder else b"")


def _write_whole(place: Path, content: bytes) -> None:
    """Write beside the place and move there; what fails leaves nothing behind."""
    draft = place.with_name(f".{uuid.uuid4().hex}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    except (IsADirectoryError, NotADirectoryError) as error:
        raise PathInvalidError(place.name, A_FILE_IS_THERE) from error
    except FileExistsError as error:
        # A folder that was there when it was to be made, and is deleted by now, is no file; in
        # one look, since it may be deleted between two.
        if any(one.is_file() for one in place.parents):
            raise PathInvalidError(place.name, A_FILE_IS_THERE) from error
        raise FileNotFoundError(place) from error
    finally:
        with suppress(FileNotFoundError, NotADirectoryError):
            draft.unlink()


def _remove_tree(folder: Path) -> None:
    """Remove a folder that others may be removing as well."""
    while folder.exists():
        with suppress(FileNotFoundError):
            shutil.rmtree(folder)


@contextmanager
def _faults_told(path: str) -> Iterator[None]:
    """Tell faults of the file system in the words of the store."""
    try:
        yield
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise FileNotStoredError(path) from error
    except OSError as error:
        if error.errno in NO_ROOM:
            raise StoreFullError from error
        raise StoreUnavailableError(error.strerror or type(error).__name__) from error
