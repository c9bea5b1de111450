"""The record of a job, as Redis holds it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api_schemas.jobs import ENDED, JobError, JobProgress, JobStatus

CANCELLED = JobError(code="job_cancelled", detail="the job was cancelled; it can be retried")
"""What a cancelled job says of itself."""


@dataclass(frozen=True)
class JobRecord:
    """One job: what is to be done, and how it stands. Times are ms of Redis' clock."""

    id: str
    kind: str
    model: str
    params: dict[str, Any]
    status: JobStatus
    run: int
    """Counts submissions: a retry is a new run, and tasks of older ones are void."""
    attempt: int
    stage: int
    """Index of the stage that was begun last."""
    progress: JobProgress
    created_ms: int
    started_ms: int | None
    finished_ms: int | None
    expires_ms: int | None
    error: JobError | None
    result: dict[str, Any] | None
    is_cancelling: bool
    """Whether a running job is to end as cancelled."""
    owner: str | None = None
    """Of whom it is, as `KeySummary.owner` says; nobody's where no API keys were asked for."""

    is_shipped: bool = False
    """Whether it came with a model: everybody sees it, and it is kept for good."""

    @property
    def has_ended(self) -> bool:
        """Whether nothing more happens to it."""
        return self.status in ENDED


def read_record(fields: Mapping[bytes, bytes]) -> JobRecord | None:
    """Read a record; none where there is no such job, or it has been deleted."""
    if b"id" not in fields or b"deleted" in fields:
        return None
    text = {name.decode(): value.decode() for name, value in fields.items()}
    return JobRecord(
        id=text["id"],
        kind=text["kind"],
        model=text["model"],
        params=json.loads(text["params"]),
        status=text["status"],  # type: ignore[arg-type]  # written by our own scripts alone
        run=int(text["run"]),
        attempt=int(text["attempt"]),
        stage=int(text["stage"]),
        progress=JobProgress.model_validate_json(text.get("progress", "{}")),
        created_ms=int(text["created_ms"]),
        started_ms=_number(text.get("started_ms")),
        finished_ms=_number(text.get("finished_ms")),
        expires_ms=_number(text.get("expires_ms")),
        error=JobError.model_validate_json(text["error"]) if text.get("error") else None,
        result=json.loads(text["result"]) if text.get("result") else None,
        is_cancelling="cancel" in text,
        owner=text.get("owner"),
        is_shipped="shipped" in text,
    )


def _number(text: str | None) -> int | None:
    return int(text) if text else None
