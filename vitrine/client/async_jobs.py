"""The handle on a job for programs that await: as `jobs.py`, word for word."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api_schemas.jobs import ENDED, Artifact
from api_schemas.jobs import Job as JobAnswer
from vitrine.client import job_calls
from vitrine.client.errors import JobFailedError, JobTimeoutError
from vitrine.client.following import follow_async
from vitrine.client.job_events import JobEvent
from vitrine.client.jobs import OnProgress
from vitrine.client.saving import file_within

if TYPE_CHECKING:
    from vitrine.client.asynchronous import AsyncClient


class AsyncJob:
    """A job, as it stood when it was last looked at."""

    def __init__(self, client: "AsyncClient", answer: JobAnswer) -> None:
        self._client = client
        self.answer = answer
        """As the service last told of it."""

    def __repr__(self) -> str:
        return f"AsyncJob({self.id!r}, kind={self.answer.kind!r}, status={self.status!r})"

    @property
    def id(self) -> str:
        """For `AsyncClient.job`."""
        return self.answer.id

    @property
    def status(self) -> str:
        """`queued`, `running`, `succeeded`, `failed` or `cancelled`, when last looked at."""
        return self.answer.status

    @property
    def has_ended(self) -> bool:
        """Whether nothing happens to it any more, unless it is retried."""
        return self.answer.status in ENDED

    async def refresh(self) -> "AsyncJob":
        """Look at it again."""
        self.answer = await self._client.send(job_calls.show(self.id))
        return self

    async def events(self, *, after: str = "") -> AsyncIterator[JobEvent]:
        """Follow it to its end; a stream that breaks off is taken up where it was.

        Args:
            after: ID of the event to go on behind; from the start by default.

        Raises:
            VitrineError: the service refuses, or is gone.
        """
        async for event in follow_async(self._client, self.id, after=after):
            yield event

    async def wait(
        self, progress: OnProgress | None = None, *, timeout_seconds: float | None = None
    ) -> dict[str, Any]:
        """Wait for its end; its result.

        Args:
            progress: called with each progress that it tells.
            timeout_seconds: after which it is waited for no longer; it goes on.

        Raises:
            JobFailedError: it failed or was cancelled.
            JobTimeoutError: it has not ended in time.
            VitrineError: the service refuses, or is gone.
        """
        try:
            async with asyncio.timeout(timeout_seconds):
                async for event in self.events():
                    if progress is not None and event.progress is not None:
                        progress(event.progress)
        except TimeoutError as error:
            raise JobTimeoutError(self.id, timeout_seconds or 0.0) from error
        return await self.result()

    async def result(self) -> dict[str, Any]:
        """Give what it came to.

        Raises:
            JobFailedError: it failed or was cancelled.
            ConflictError: it has not ended.
        """
        if (await self.refresh()).status in ("failed", "cancelled"):
            raise JobFailedError(self.answer)
        return await self._client.send(job_calls.result(self.id))

    async def cancel(self) -> "AsyncJob":
        """Have it end; of one that has ended, nothing changes."""
        if not (await self.refresh()).has_ended:
            await self._client.send(job_calls.delete(self.id))
            await self.refresh()
        return self

    async def delete(self) -> None:
        """Delete one that has ended, with all that it made; one that runs is cancelled."""
        await self._client.send(job_calls.delete(self.id))

    async def retry(self) -> "AsyncJob":
        """Begin it again after it failed or was cancelled, from its last checkpoint."""
        self.answer = await self._client.send(job_calls.retry(self.id))
        return self

    async def artifacts(self) -> list[Artifact]:
        """List the files that it has made so far."""
        return await self._client.send(job_calls.artifacts(self.id))

    async def artifact(self, path: str) -> bytes:
        """Fetch a file that it made."""
        return await self._client.send(job_calls.artifact(self.id, path))

    async def save(self, folder: str | Path) -> list[Path]:
        """Write all that it made into a folder."""
        files = []
        for artifact in await self.artifacts():
            file = file_within(Path(folder), artifact.path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(await self.artifact(artifact.path))
            files.append(file)
        return files
