"""A job's events as a stream that browsers understand (`text/event-stream`)."""

import json
from collections.abc import AsyncIterator

from fastapi import Request
from fastapi.sse import ServerSentEvent

from api_schemas.jobs import JobError
from service.jobs import JobDesk
from service.problem_table import job_end
from service.problems import problem_of

FROM_THE_START = "0-0"

RECONNECT_MS = 2_000
"""How long browsers wait before they come back to a stream that broke off."""


async def events_of(
    job: str, *, after: str, desk: JobDesk, request: Request
) -> AsyncIterator[ServerSentEvent]:
    """Give a job's events after one of them, until it has ended."""
    async for event in desk.board.follow(job, after=after):
        data = event.data
        if event.event == "done":
            data = await _whole_job(job, desk, request)
        elif event.event == "error":
            error = JobError.model_validate_json(event.data)
            problem = problem_of(request, job_end(error), detail=error.detail)
            data = problem.model_dump_json(exclude_none=True)
        yield ServerSentEvent(raw_data=data, event=event.event, id=event.id, retry=RECONNECT_MS)


def event_before(last_event_id: str | None) -> str:
    """Read where a follower broke off; whatever is no ID of ours means: from the start."""
    ms, _, serial = (last_event_id or "").partition("-")
    is_ours = ms.isdecimal() and serial.isdecimal() and (ms + serial).isascii()
    return f"{ms}-{serial}" if is_ours and len(ms + serial) < len("9" * 36) else FROM_THE_START


async def _whole_job(job: str, desk: JobDesk, request: Request) -> str:
    """Write the job as it stands."""
    record = await desk.board.find(job)
    return json.dumps((await desk.show(record, request)).model_dump(mode="json"))
