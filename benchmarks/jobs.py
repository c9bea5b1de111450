"""What a job costs before its first step, and what it costs those who explain meanwhile."""

import json
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx

from benchmarks.errors import BenchmarkFailedError
from benchmarks.free_port import LOCALHOST
from benchmarks.load import LoadResult
from benchmarks.networks import sample_photographs, write_imagenet_network
from benchmarks.service import PHOTOGRAPHS, load, running_service

SUBMISSIONS = 20
ROUTE = "/explain/gradcam"
SMALL = {"layer": "conv_pw_3_relu", "channels": "0", "size": 32, "steps": 2}
"""Parameters of a job of next to no work."""
LARGE = {"layer": "conv_pw_13_relu", "channels": "0-31", "size": 128, "steps": 4096}
"""Of one that is at work for as long as the load lasts."""


def jobs_section() -> str:
    """Measure, and tell of overhead and of latency beside a job."""
    with TemporaryDirectory() as scratch:
        models, photographs = Path(scratch) / "models", Path(scratch) / "photographs"
        write_imagenet_network(models)
        photographs.mkdir()
        for number, photograph in enumerate(sample_photographs(PHOTOGRAPHS)):
            (photographs / f"{number}.jpg").write_bytes(photograph)
        with (
            running_service(models) as port,
            httpx.Client(base_url=f"http://{LOCALHOST}:{port}", timeout=120.0) as client,
        ):
            overheads = [first_step_milliseconds(client) for _ in range(SUBMISSIONS + 2)][2:]
            idle = load(port, ROUTE, 1, photographs)
            job = submit(client, LARGE)
            first_event(client, job)
            busy = load(port, ROUTE, 1, photographs)
            client.delete(job["links"]["self"])
    return text_of(overheads, idle, busy)


def text_of(overheads: list[float], idle: LoadResult, busy: LoadResult) -> str:
    """Write the section."""
    return f"""From the submission of a job to the event behind its first step, which is of one
picture of 32 × 32 pixels, warm: {median(overheads):.0f} ms in the median of {SUBMISSIONS}
submissions, {max(overheads):.0f} ms at most. Submission, queue, lease, model and compiled step
are in it.

One client of `{ROUTE}`, alone and beside a job of feature visualization that takes all the
time that it gets:

| | p50 ms | p99 ms |
|---|---|---|
| alone | {idle.p50_ms:.0f} | {idle.p99_ms:.0f} |
| beside a job | {busy.p50_ms:.0f} | {busy.p99_ms:.0f} |"""


def first_step_milliseconds(client: httpx.Client) -> float:
    """Time a job from its submission to the first event of its progress."""
    started_at = time.perf_counter()
    first_event(client, submit(client, SMALL))
    return (time.perf_counter() - started_at) * 1e3


def submit(client: httpx.Client, params: dict[str, object]) -> dict[str, dict[str, str]]:
    """Submit a job."""
    body = {"kind": "activation-maximization", "params": params}
    answer: dict[str, dict[str, str]] = (
        client.post("/jobs", json=body).raise_for_status().json()
    )
    return answer


def first_event(client: httpx.Client, job: dict[str, dict[str, str]]) -> None:
    """Wait for the first event of a job that tells of a step.

    Raises:
        BenchmarkFailedError: it failed instead.
    """
    with client.stream("GET", job["links"]["events"]) as events:
        for line in events.iter_lines():
            if line.startswith("event: error"):
                raise BenchmarkFailedError(events.status_code, json.dumps(job))
            if line.startswith("event: progress"):
                return
