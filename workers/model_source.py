"""Where model folders come from: a folder of this machine, or a prefix of an object store."""

import atexit
import shutil
import tempfile
from pathlib import Path

import fsspec

from core.models.manifest import MANIFEST_FILE


class ModelSourceError(Exception):
    """The models' folder or prefix is not there, or cannot be read."""

    def __init__(self, source: str, reason: str) -> None:
        self.source, self.reason = source, reason
        super().__init__(f"models cannot be read from {source!r}: {reason}")


def local_models(source: str) -> Path:
    """Give a local folder of model folders, fetching them first where they are elsewhere.

    Args:
        source: a path, or a URL that fsspec knows, as `s3://bucket/models`. What is fetched
            stays in a temporary folder until the process ends.

    Raises:
        ModelSourceError: there is nothing there, or the store does not answer.
    """
    if "://" not in source:
        folder = Path(source)
        if not folder.is_dir():
            raise ModelSourceError(source, "there is no such folder")
        return folder
    copy = Path(tempfile.mkdtemp(prefix="vitrine-models-"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    try:
        store, prefix = fsspec.core.url_to_fs(source)
        for manifest in store.glob(f"{prefix.rstrip('/')}/*/{MANIFEST_FILE}"):
            remote = manifest.rsplit("/", 1)[0]
            store.get(f"{remote}/", f"{copy / remote.rsplit('/', 1)[1]}/", recursive=True)
    except (OSError, ValueError, ImportError) as error:
        raise ModelSourceError(source, str(error)) from error
    if not any(copy.iterdir()):
        raise ModelSourceError(source, f"no folder under it holds a {MANIFEST_FILE}")
    return copy
