"""The folder that one `vitrine up` has for itself: locked, private, gone at the end if ours."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vitrine.supervision.errors import FolderInUseError


@contextmanager
def own_folder(wanted: Path | None) -> Iterator[Path]:
    """Hold a data folder as long as the block runs.

    Args:
        wanted: kept at the end; none for a temporary folder, which is removed.

    Raises:
        FolderInUseError: another process holds it.
        OSError: it cannot be made or read.
    """
    if wanted is None:
        folder = Path(tempfile.mkdtemp(prefix="vitrine-"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    else:
        wanted.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(wanted.resolve()) as folder:
            yield folder


@contextmanager
def _locked(folder: Path) -> Iterator[Path]:
    """Lock the folder itself: that leaves no file behind, and ends with the process."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise FolderInUseError(folder) from error
    try:
        yield folder
    finally:
        os.close(descriptor)
