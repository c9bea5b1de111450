"""A job's files over HTTP: listed, and sent whole or in part, with what caches need."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from api_schemas.jobs import Artifact, ArtifactList
from messaging.jobs.record import JobRecord
from service.errors import ArtifactNotFoundError, RangeNotSatisfiableError
from storage.errors import ArtifactNotFoundError as NotStoredError
from storage.errors import PathInvalidError
from storage.job_files import Artifact as StoredArtifact
from storage.job_files import ArtifactRange, JobFiles
from storage.store import Store

Result = TypeVar("Result")

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
"""A single range; others are ignored, as RFC 9110 allows, and the whole file is sent."""

FOR_GOOD = "private, max-age=31536000, immutable"
CHANGING = "private, no-cache"
"""While a job runs, its files may still be written anew: caches ask each time."""


MOST_REMEMBERED = 10_000
"""Sizes of ended jobs."""


class ArtifactDesk:
    """Gives out the files of jobs; the store is read in threads."""

    def __init__(self, store: Store, pool: ThreadPoolExecutor) -> None:
        self._store = store
        self._pool = pool
        self._ended_bytes: dict[tuple[str, int | None], int] = {}

    async def list(self, record: JobRecord, request: Request) -> ArtifactList:
        """List a job's files by path."""
        files = JobFiles(self._store, record.id)
        found = await self._in_thread(files.list_artifacts)
        root = f"{request.scope.get('root_path', '')}/jobs/{record.id}/artifacts"
        return ArtifactList(
            artifacts=[
                Artifact(
                    path=one.path,
                    bytes=one.bytes,
                    media_type=one.media_type,
                    etag=f'"{one.etag}"',
                    href=f"{root}/{quote(one.path)}",
                )
                for one in found
            ]
        )

    async def send(self, record: JobRecord, path: str, request: Request) -> Response:
        """Send a file, the part of it that is asked for, or word that it has not changed.

        Raises:
            ArtifactNotFoundError: the job has no such file.
            RangeNotSatisfiableError: the range begins behind its end.
        """
        files = JobFiles(self._store, record.id)
        try:
            artifact = await self._in_thread(lambda: files.describe_artifact(path))
            headers = _headers(artifact, is_final=record.has_ended)
            if _is_known(request, artifact):
                return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
            asked = _asked_range(request, artifact)
            opened = await self._in_thread(lambda: files.open_range(path, *(asked or ())))
        except (NotStoredError, PathInvalidError) as error:
            raise ArtifactNotFoundError(path) from error
        return self._sent(opened, headers, is_partial=asked is not None)

    async def read(self, job: str, path: str) -> bytes:
        """Read a small file whole.

        Raises:
            ArtifactNotFoundError: the job has no such file.
        """
        files = JobFiles(self._store, job)
        try:
            return await self._in_thread(lambda: files.read_artifact(path))
        except (NotStoredError, PathInvalidError) as error:
            raise ArtifactNotFoundError(path) from error

    async def delete(self, job: str) -> None:
        """Delete all that a job has in the store."""
        await self._in_thread(JobFiles(self._store, job).delete_all)

    async def stored_bytes(self, records: Sequence[JobRecord]) -> int:
        """Sum up all that jobs have in the store; ended ones are looked at once."""
        return sum([await self._bytes_of(record) for record in records])

    async def _bytes_of(self, record: JobRecord) -> int:
        """Count what one job has in the store."""
        end = (record.id, record.finished_ms)
        if end in self._ended_bytes:
            return self._ended_bytes[end]
        found = await self._in_thread(JobFiles(self._store, record.id).stored_bytes)
        if record.has_ended:
            if len(self._ended_bytes) >= MOST_REMEMBERED:
                self._ended_bytes.clear()
            self._ended_bytes[end] = found
        return found

    def _sent(
        self, opened: ArtifactRange, headers: dict[str, str], *, is_partial: bool
    ) -> Response:
        """Send the bytes of an opened range."""
        headers |= {"Content-Length": str(opened.stop - opened.start)}
        if is_partial:
            size = opened.artifact.bytes
            headers |= {"Content-Range": f"bytes {opened.start}-{opened.stop - 1}/{size}"}
        return StreamingResponse(
            self._chunks(opened.chunks),
            status_code=HTTPStatus.PARTIAL_CONTENT if is_partial else HTTPStatus.OK,
            headers=headers,
            media_type=opened.artifact.media_type,
        )

    async def _chunks(self, chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
        """Read piece after piece in a thread."""
        while (chunk := await self._in_thread(lambda: next(chunks, None))) is not None:
            yield chunk

    async def _in_thread(self, read: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._pool, read)


def _headers(artifact: StoredArtifact, *, is_final: bool) -> dict[str, str]:
    """Give what caches and browsers need to know; files of jobs are data, never pages."""
    return {
        "ETag": f'"{artifact.etag}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": FOR_GOOD if is_final else CHANGING,
    }


def _is_known(request: Request, artifact: StoredArtifact) -> bool:
    """Whether the caller has this very content already."""
    known = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
    return "*" in tags or f'"{artifact.etag}"' in tags


def _asked_range(request: Request, artifact: StoredArtifact) -> tuple[int, int] | None:
    """Read which bytes are asked for, from a first up to an end; none for the whole file.

    Raises:
        RangeNotSatisfiableError: none of them is in the file.
    """
    asked = ONE_RANGE.fullmatch(request.headers.get("range", ""))
    condition = request.headers.get("if-range")
    if (
        asked is None
        or asked.group() == "bytes=-"
        or condition
        not in (
            None,
            f'"{artifact.etag}"',
        )
    ):
        return None
    first, last = asked.groups()
    size = artifact.bytes
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(size, int(last) + 1 if last else size)
        if last and int(last) < int(first):
            return None
    if start >= size or start >= stop:
        raise RangeNotSatisfiableError(size)
    return start, stop
