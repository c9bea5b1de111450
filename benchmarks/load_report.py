"""The report's section on load: answers, times, memory, and what else a person would build.

`python -m benchmarks.load_report SECONDS` prints the section of a shorter or longer run.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import httpx

from benchmarks.checked_load import WARM_UP_ROUNDS, CheckedLoad, body_of
from benchmarks.jobs import first_event
from benchmarks.litserve_peer import CAMS
from benchmarks.load_servers import (
    Server,
    Watched,
    peer_server,
    vitrine_server,
    watched,
)
from benchmarks.networks import sample_photographs, write_imagenet_network
from benchmarks.report import measured_where
from benchmarks.service import PHOTOGRAPHS, bare_images_per_second

SECONDS = 300.0
CLIENTS = 64
WARM_UP_SECONDS = 20.0
"""Batches of every size have been computed once by then."""
ROUTE, PEER_ROUTE = "/explain/gradcam", "/predict"
VITRINE = "Vitrine"
OVERLOAD_CLIENTS = 256
MOST_WAITING = 32
"""Requests that the service lets wait when it is overloaded: two batches."""
OVERLOAD = 2.0
"""Times its capacity."""
TIMES = ("server", "p50 ms", "p99 ms", "images/s", "÷ bare", "Vitrine ÷ it")
COLUMNS = (*TIMES, "CPU ms", "÷ Vitrine's", "right", "wrong", "dropped")
PART = 0.2
"""Of the seconds, for each measurement beside the main one."""
ATLAS = {"layer": "conv_pw_13_relu", "grids": [8, 16], "min_density": 1, "perplexity": 10}
ATLAS |= {"projection": "tsne", "positions_per_image": 16, "steps": 512, "icon_size": 128}


@dataclass(frozen=True)
class Loaded:
    """A server under 64 clients."""

    seen: CheckedLoad
    watched: Watched

    @property
    def cpu_ms(self) -> float:
        """Processor time of an answer, which neighbours on the machine hardly change."""
        # The generator begins by asking for each image alone; that is not in its own figures.
        answered = self.seen.right + self.seen.wrong + WARM_UP_ROUNDS * PHOTOGRAPHS
        return 1e3 * self.watched.cpu_seconds / answered


@dataclass(frozen=True)
class LoadTimes:
    """What was measured in one run."""

    seconds: float
    bare_images_per_second: float
    servers: Mapping[str, Loaded]
    """By the server's name."""
    idle: CheckedLoad
    """One client alone."""
    beside_job: CheckedLoad
    """One client beside an atlas in the making."""
    job_stage: str
    """In which the atlas was at the end."""
    overloaded: CheckedLoad
    next_ms: float
    """Of the first request after the overload."""


def load_section() -> str:
    """Measure for as long as the project promises."""
    return text_of(measure_load(SECONDS))


def measure_load(seconds: float) -> LoadTimes:
    """Load ours and the peers' servers, each for so many seconds, in one run."""
    with scratch_folders() as (models, photographs, network):
        before = bare_images_per_second(network)
        with vitrine_server(models) as server:
            ours = loaded(server, ROUTE, photographs, seconds)
            idle = generate(server.url(ROUTE), 1, PART * seconds, photographs)
            with atlas_under_way(server, photographs) as stage_of:
                beside_job = generate(server.url(ROUTE), 1, PART * seconds, photographs)
                job_stage = stage_of()
        overloaded, next_ms = overload(
            models,
            photographs,
            rate=OVERLOAD * ours.seen.images_per_second,
            seconds=PART * seconds,
        )
        peers = {}
        for peer in CAMS:
            with peer_server(peer, network) as server:
                peers[peer] = loaded(server, PEER_ROUTE, photographs, seconds)
        after = bare_images_per_second(network)
    return LoadTimes(
        seconds=seconds,
        bare_images_per_second=(before + after) / 2,
        servers={VITRINE: ours} | peers,
        idle=idle,
        beside_job=beside_job,
        job_stage=job_stage,
        overloaded=overloaded,
        next_ms=next_ms,
    )


@contextmanager
def scratch_folders() -> Iterator[tuple[Path, Path, Path]]:
    """Make folders of models, of photographs, and of the network among the models."""
    with TemporaryDirectory() as scratch:
        models, photographs = Path(scratch) / "models", Path(scratch) / "photographs"
        photographs.mkdir()
        for number, photograph in enumerate(sample_photographs(PHOTOGRAPHS)):
            (photographs / f"{number}.jpg").write_bytes(photograph)
        yield models, photographs, write_imagenet_network(models)


def loaded(server: Server, route: str, photographs: Path, seconds: float) -> Loaded:
    """Warm a server up, then load it."""
    generate(server.url(route), CLIENTS, WARM_UP_SECONDS, photographs)
    with watched(server) as taken:
        seen = generate(server.url(route), CLIENTS, seconds, photographs)
    return Loaded(seen, taken)


def overload(
    models: Path, photographs: Path, *, rate: float, seconds: float
) -> tuple[CheckedLoad, float]:
    """Ask for more than can be done; then time the next request, in ms."""
    settings = {"VITRINE_SERVICE_MAX_WAITING_REQUESTS": str(MOST_WAITING)}
    with vitrine_server(models, settings) as server:
        url = server.url(ROUTE)
        generate(url, MOST_WAITING // 2, WARM_UP_SECONDS, photographs)
        seen = generate(url, OVERLOAD_CLIENTS, seconds, photographs, rate=rate)
        body = body_of(next(photographs.iterdir()).read_bytes())
        headers = {"Content-Type": "application/json", "Cache-Control": "no-cache"}
        started_at = time.perf_counter()
        httpx.post(url, content=body, headers=headers, timeout=60.0).raise_for_status()
        return seen, (time.perf_counter() - started_at) * 1e3


def generate(
    url: str, clients: int, seconds: float, images: Path, *, rate: float | None = None
) -> CheckedLoad:
    """Run the load generator in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.checked_load", url, str(clients)]
    command += [str(seconds), str(images)] + ([] if rate is None else [str(rate)])
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return CheckedLoad(**json.loads(answer.stdout))


@contextmanager
def atlas_under_way(server: Server, photographs: Path) -> Iterator[Callable[[], str]]:
    """Have an atlas made until the block ends; gives what tells its stage."""
    archive = BytesIO()
    with ZipFile(archive, "w") as files:
        for path in photographs.iterdir():
            files.writestr(f"all/{path.name}", path.read_bytes())
    with httpx.Client(base_url=server.url(""), timeout=300.0) as client:
        sent = client.post("/datasets", files={"archive": ("a.zip", archive.getvalue())})
        params = ATLAS | {"dataset": sent.raise_for_status().json()["id"]}
        job = client.post("/jobs", json={"kind": "atlas", "params": params})
        links = job.raise_for_status().json()["links"]
        first_event(client, job.json())

        def stage() -> str:
            progress = client.get(links["self"]).raise_for_status().json()["progress"]
            return f"{progress['stage']}, {progress['fraction']:.0%}"

        yield stage
        client.delete(links["self"])


def row_of(name: str, server: Loaded, ours: Loaded, times: LoadTimes) -> str:
    """Write a server's row."""
    seen = server.seen
    cells = (
        name,
        f"{seen.p50_ms:.0f}",
        f"{seen.p99_ms:.0f}",
        f"{seen.images_per_second:.1f}",
        f"{seen.images_per_second / times.bare_images_per_second:.2f}",
        f"{ours.seen.images_per_second / seen.images_per_second:.1f}",
        f"{server.cpu_ms:.0f}",
        f"{server.cpu_ms / ours.cpu_ms:.1f}",
        *map(str, (seen.right, seen.wrong, seen.dropped)),
    )
    return f"| {' | '.join(cells)} |"


def text_of(times: LoadTimes) -> str:
    """Write the section."""
    ours = times.servers[VITRINE]
    rows = "\n".join(
        row_of(name, server, ours, times) for name, server in times.servers.items()
    )
    header = f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|"
    memory = "\n".join(
        f"| {name.rpartition(' ')[0]} | {first.megabytes:.0f} "
        f"| {ours.watched.last[name].megabytes:.0f} |"
        for name, first in sorted(ours.watched.first.items())
    )
    shed = times.overloaded
    asked = shed.right + shed.wrong + shed.dropped + shed.refused
    return f"""{CLIENTS} clients of one process send {PHOTOGRAPHS} photographs by turns for
{times.seconds:g} s to each server, one server after another; clients and server share the same
cores. Each answer is Grad-CAM of the first class with heatmap and overlay as PNG, and is held
against what its image was answered alone. The bare forward pass in batches of 16 reaches
{times.bare_images_per_second:.0f} images/s, measured before and after. The peers' servers are
`benchmarks/litserve_peer.py`: LitServe with batches of up to 16. CPU ms is the processor time
of one answer, of all processes of the server: what else runs on the machine hardly changes it.

{header}
{rows}

Resident memory of our processes at the beginning and at the end of it, after
{WARM_UP_SECONDS:g} s of warming up:

| process | first MiB | last MiB |
|---|---|---|
{memory}

One client, alone and beside an atlas in the making ({times.job_stage} at the end):

| | p50 ms | p99 ms | wrong | dropped |
|---|---|---|---|---|
| alone | {times.idle.p50_ms:.0f} | {times.idle.p99_ms:.0f} | {times.idle.wrong} \
| {times.idle.dropped} |
| beside an atlas | {times.beside_job.p50_ms:.0f} | {times.beside_job.p99_ms:.0f} \
| {times.beside_job.wrong} | {times.beside_job.dropped} |

At {OVERLOAD:g} times the images/s above, with
`VITRINE_SERVICE_MAX_WAITING_REQUESTS={MOST_WAITING}`, {asked} requests were begun:
{shed.right} answered, with a p50 of {shed.p50_ms:.0f} ms and a p99 of {shed.p99_ms:.0f} ms;
{shed.refused} refused with `Retry-After`; {shed.wrong} wrong, {shed.dropped} dropped. The next
request was answered after {times.next_ms:.0f} ms."""


if __name__ == "__main__":
    measured = measure_load(float(sys.argv[1]))
    sys.stdout.write(f"{measured_where()}\n\n{text_of(measured)}\n")
