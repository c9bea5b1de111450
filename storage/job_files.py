"""One job's artifacts (`jobs/<job>/artifacts/`) and checkpoints (`jobs/<job>/checkpoints/`)."""

from collections.abc import Iterator
from dataclasses import dataclass

from storage.errors import ArtifactNotFoundError, FileNotStoredError
from storage.media_types import media_type_of
from storage.paths import plain_name, plain_path
from storage.store import Store
from storage.stored_file import TaggedFile

JOBS = "jobs"

CHUNK_BYTES = 1024 * 1024
"""What is held of an artifact while it is sent."""


@dataclass(frozen=True)
class Artifact:
    """An artifact, as listings tell of it."""

    path: str
    """Within the job's artifacts, such as `cells/8.json`."""
    bytes: int
    media_type: str
    etag: str
    """Strong: the same as long as the content is the same. HTTP puts it in quotes."""


@dataclass(frozen=True)
class ArtifactRange:
    """Some bytes of an artifact, with what HTTP says of the whole."""

    artifact: Artifact
    """As it was when the range was opened; if it changes later, the chunks break off."""
    start: int
    """The first byte."""
    stop: int
    """One beyond the last byte; never beyond the artifact's end."""
    chunks: Iterator[bytes]
    """The bytes, at most a MiB at a time. Nothing is held open between two of them. Raises
    `FileChangedError` or `FileNotStoredError` if the artifact changes in between."""


class JobFiles:
    """The files of one job. Every method may be called from any thread, and blocks.

    All raise `PathInvalidError` for a path that no artifact may have, `StoreUnavailableError`
    when the store does not answer; writing raises `StoreFullError` when there is no room.
    """

    def __init__(self, store: Store, job_id: str) -> None:
        """Name the job.

        Raises:
            PathInvalidError: no job has such an ID.
        """
        self._store = store
        self._job_id = plain_name(job_id)
        self._home = f"{JOBS}/{job_id}"
        self._artifacts = f"{self._home}/artifacts"

    def write_artifact(self, path: str, content: bytes) -> None:
        """Write an artifact at one blow: a reader sees the old content or the new."""
        self._store.write(self._artifact(path), content)

    def read_artifact(self, path: str) -> bytes:
        """Read an artifact.

        Raises:
            ArtifactNotFoundError: there is none of that path.
        """
        try:
            return self._store.read(self._artifact(path))
        except FileNotStoredError as error:
            raise ArtifactNotFoundError(self._job_id, path) from error

    def has_artifact(self, path: str) -> bool:
        """Say whether there is an artifact of that path."""
        return self._store.has(self._artifact(path))

    def describe_artifact(self, path: str) -> Artifact:
        """Tell an artifact's size, media type and tag.

        Raises:
            ArtifactNotFoundError: there is none of that path.
        """
        try:
            return self._described(self._store.tagged(self._artifact(path)))
        except FileNotStoredError as error:
            raise ArtifactNotFoundError(self._job_id, path) from error

    def list_artifacts(self) -> list[Artifact]:
        """List all artifacts, by path."""
        return [self._described(file) for file in self._store.tagged_files(self._artifacts)]

    def open_range(self, path: str, start: int = 0, stop: int | None = None) -> ArtifactRange:
        """Begin to read an artifact from byte `start` up to `stop`, or to its end.

        Both are brought to within the artifact, so that a range outside it is empty.

        Raises:
            ArtifactNotFoundError: there is none of that path.
        """
        artifact = self.describe_artifact(path)
        end = artifact.bytes if stop is None else min(max(stop, 0), artifact.bytes)
        begin = min(max(start, 0), end)
        return ArtifactRange(artifact, begin, end, self._chunks(artifact, begin, end))

    def write_checkpoint(self, name: str, content: bytes) -> None:
        """Write a checkpoint at one blow, in the place of the last one of that name."""
        self._store.write(self._checkpoint(name), content)

    def read_checkpoint(self, name: str) -> bytes | None:
        """Read a checkpoint; none if there is none of that name."""
        try:
            return self._store.read(self._checkpoint(name))
        except FileNotStoredError:
            return None

    def stored_bytes(self) -> int:
        """Sum up all artifacts and checkpoints."""
        return sum(file.bytes for file in self._store.files(self._home))

    def delete_all(self) -> None:
        """Delete all artifacts and checkpoints; repeating it is safe."""
        self._store.delete_all(self._home)

    def _artifact(self, path: str) -> str:
        return f"{self._artifacts}/{plain_path(path)}"

    def _checkpoint(self, name: str) -> str:
        return f"{self._home}/checkpoints/{plain_name(name)}"

    def _described(self, file: TaggedFile) -> Artifact:
        path = file.path.removeprefix(f"{self._artifacts}/")
        return Artifact(path, file.bytes, media_type_of(path), file.etag)

    def _chunks(self, artifact: Artifact, start: int, stop: int) -> Iterator[bytes]:
        """Read piece by piece, each of the very content that the artifact's tag is of."""
        place = self._artifact(artifact.path)
        for begin in range(start, stop, CHUNK_BYTES):
            end = min(begin + CHUNK_BYTES, stop)
            yield self._store.read_range(place, begin, end, etag=artifact.etag)
