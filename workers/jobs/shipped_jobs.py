"""Jobs that come with a model, in the folder `shipped` beside its manifest, put on show once.

They are shown as jobs of the service that have succeeded: nobody's, seen by everybody.
"""

import hashlib
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import structlog
from pydantic import ValidationError
from redis.exceptions import RedisError

from api_schemas.packed_jobs import ARTIFACTS, JOB_FILE, PackedJob
from messaging.jobs.shipped import ShippedRecords
from storage.errors import PathInvalidError, StorageError
from storage.job_files import JobFiles
from storage.store import Store

SHIPPED_FOLDER = "shipped"
"""Within a model's folder."""

ID_DIGITS = 32
"""Of the SHA-256 of the packed job: as long as other IDs of jobs."""

PATIENCE_SECONDS = 2.0
"""Until it is tried again with a store or a Redis that does not answer."""

UNUSABLE = (
    KeyError,
    OSError,
    PathInvalidError,
    RuntimeError,
    ValidationError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What a damaged file is told by."""

log = structlog.get_logger()


class ShippedJobs:
    """Brings the jobs that come with some models into the service."""

    def __init__(
        self, models_folder: Path, models: Sequence[str], records: ShippedRecords, store: Store
    ) -> None:
        """Take the parts.

        Args:
            models_folder: one folder a model.
            models: that are hosted; others' jobs are left alone.
            records: of such jobs.
            store: where their files go.
        """
        self._folders = {name: models_folder / name / SHIPPED_FOLDER for name in models}
        self._records = records
        self._store = store

    def bring_all(self, stopping: threading.Event) -> None:
        """Bring what is not there yet, as soon as Redis and the store answer.

        Args:
            stopping: once set, nothing more is brought.
        """
        for model, path in list(self.files()):
            while not stopping.is_set():
                try:
                    self.bring(model, path)
                    break
                except (RedisError, StorageError) as error:
                    log.warning("a shipped job waits", file=path.name, reason=str(error))
                    stopping.wait(PATIENCE_SECONDS)

    def files(self) -> Iterator[tuple[str, Path]]:
        """Go through the packed jobs of all models, by name."""
        for model, folder in self._folders.items():
            for path in sorted(folder.glob("*.zip")):
                yield model, path

    def bring(self, model: str, path: Path) -> None:
        """Bring one job, unless it was brought before; a damaged one is reported and left out.

        Raises:
            RedisError, StorageError: Redis or the store does not answer, or has no room.
        """
        try:
            content = path.read_bytes()
            job = hashlib.sha256(content).hexdigest()[:ID_DIGITS]
            if self._records.is_brought(job):
                return
            with zipfile.ZipFile(path) as archive:
                packed = PackedJob.model_validate_json(archive.read(JOB_FILE))
                if packed.model != model:
                    raise KeyError(f"it is of a model called {packed.model!r}")
                files = JobFiles(self._store, job)
                # First: whoever finds the record finds the files.
                for name, read in artifacts_in(archive):
                    files.write_artifact(name, read())
        except UNUSABLE as error:
            log.error(
                "a shipped job is left out", model=model, file=path.name, reason=str(error)
            )
            return
        if self._records.bring(job, packed):
            log.info("a shipped job is there", model=model, job=job, kind=packed.kind)


def artifacts_in(archive: zipfile.ZipFile) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Go through the files of a packed job: each one's path in the job, and its content."""
    for name in archive.namelist():
        if name.startswith(ARTIFACTS) and not name.endswith("/"):
            yield name.removeprefix(ARTIFACTS), partial(archive.read, name)
