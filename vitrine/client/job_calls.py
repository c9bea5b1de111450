"""What a client sends about jobs, and how it reads the answers."""

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx

from api_schemas.jobs import Artifact, ArtifactList, Job, JobList
from vitrine.client.calls import Call, Options, reading, segment, then, written

JOBS = "/jobs"


def job_path(job: str) -> str:
    """Say where a job is found."""
    return f"{JOBS}/{segment(job)}"


def submit(
    kind: str, params: Mapping[str, Any], *, model: str | None, idempotency_key: str | None
) -> Call[Job]:
    """`POST /jobs`; with a key of its own where there is none: no retry submits twice."""
    body = {"kind": kind, "params": dict(params)}
    return Call(
        "POST",
        JOBS,
        reading(Job),
        json=body if model is None else body | {"model": model},
        headers={"Idempotency-Key": idempotency_key or str(uuid.uuid4())},
    )


def show(job: str) -> Call[Job]:
    """`GET /jobs/{job}`."""
    return Call("GET", job_path(job), reading(Job))


def listed(options: Options) -> Call[JobList]:
    """`GET /jobs`, one page."""
    return Call("GET", JOBS, reading(JobList), query=written(options))


def delete(job: str) -> Call[None]:
    """`DELETE /jobs/{job}`."""
    return Call("DELETE", job_path(job), lambda _: None)


def retry(job: str) -> Call[Job]:
    """`POST /jobs/{job}/retry`."""
    return Call("POST", f"{job_path(job)}/retry", reading(Job), is_repeatable=False)


def result(job: str) -> Call[dict[str, Any]]:
    """`GET /jobs/{job}/result`."""
    return Call("GET", f"{job_path(job)}/result", reading(dict[str, Any]))


def artifacts(job: str) -> Call[list[Artifact]]:
    """`GET /jobs/{job}/artifacts`."""
    read = then(reading(ArtifactList), lambda answer: answer.artifacts)
    return Call("GET", f"{job_path(job)}/artifacts", read)


def artifact(job: str, path: str) -> Call[bytes]:
    """`GET /jobs/{job}/artifacts/{path}`."""
    return Call("GET", f"{job_path(job)}/artifacts/{quote(path, safe='/')}", _content)


def _content(response: httpx.Response) -> bytes:
    return response.content
