"""A handle on a job of the service: follow it, wait for it, cancel it, fetch what it made."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api_schemas.jobs import ENDED, Artifact, JobProgress
from api_schemas.jobs import Job as JobAnswer
from vitrine.client import job_calls
from vitrine.client.errors import JobFailedError
from vitrine.client.following import Deadline, follow
from vitrine.client.job_events import JobEvent
from vitrine.client.saving import file_within

if TYPE_CHECKING:
    from vitrine.client.blocking import Client

OnProgress = Callable[[JobProgress], None]


class Job:
    """A job, as it stood when it was last looked at."""

    def __init__(self, client: "Client", answer: JobAnswer) -> None:
        self._client = client
        self.answer = answer
        """As the service last told of it."""

    def __repr__(self) -> str:
        return f"Job({self.id!r}, kind={self.answer.kind!r}, status={self.status!r})"

    @property
    def id(self) -> str:
        """For `Client.job`."""
        return self.answer.id

    @property
    def status(self) -> str:
        """`queued`, `running`, `succeeded`, `failed` or `cancelled`, when last looked at."""
        return self.answer.status

    @property
    def has_ended(self) -> bool:
        """Whether nothing happens to it any more, unless it is retried."""
        return self.answer.status in ENDED

    def refresh(self) -> "Job":
        """Look at it again."""
        self.answer = self._client.send(job_calls.show(self.id))
        return self

    def events(self, *, after: str = "") -> Iterator[JobEvent]:
        """Follow it to its end; a stream that breaks off is taken up where it was.

        Args:
            after: ID of the event to go on behind; from the start by default.

        Raises:
            VitrineError: the service refuses, or is gone.
        """
        yield from follow(self._client, self.id, after=after, deadline=Deadline(self.id, None))

    def wait(
        self, progress: OnProgress | None = None, *, timeout_seconds: float | None = None
    ) -> dict[str, Any]:
        """Wait for its end; its result.

        Args:
            progress: called with each progress that it tells.
            timeout_seconds: after which it is waited for no longer; it goes on. May be late by
                the 15 s within which the service gives a sign of life.

        Raises:
            JobFailedError: it failed or was cancelled.
            JobTimeoutError: it has not ended in time.
            VitrineError: the service refuses, or is gone.
        """
        deadline = Deadline(self.id, timeout_seconds)
        for event in follow(self._client, self.id, after="", deadline=deadline):
            if progress is not None and event.progress is not None:
                progress(event.progress)
        return self.result()

    def result(self) -> dict[str, Any]:
        """Give what it came to.

        Raises:
            JobFailedError: it failed or was cancelled.
            ConflictError: it has not ended.
        """
        if self.refresh().status in ("failed", "cancelled"):
            raise JobFailedError(self.answer)
        return self._client.send(job_calls.result(self.id))

    def cancel(self) -> "Job":
        """Have it end; of one that has ended, nothing changes."""
        if not self.refresh().has_ended:
            self._client.send(job_calls.delete(self.id))
            self.refresh()
        return self

    def delete(self) -> None:
        """Delete one that has ended, with all that it made; one that runs is cancelled."""
        self._client.send(job_calls.delete(self.id))

    def retry(self) -> "Job":
        """Begin it again after it failed or was cancelled, from its last checkpoint."""
        self.answer = self._client.send(job_calls.retry(self.id))
        return self

    def artifacts(self) -> list[Artifact]:
        """List the files that it has made so far."""
        return self._client.send(job_calls.artifacts(self.id))

    def artifact(self, path: str) -> bytes:
        """Fetch a file that it made."""
        return self._client.send(job_calls.artifact(self.id, path))

    def save(self, folder: str | Path) -> list[Path]:
        """Write all that it made into a folder."""
        files = []
        for artifact in self.artifacts():
            file = file_within(Path(folder), artifact.path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(self.artifact(artifact.path))
            files.append(file)
        return files
