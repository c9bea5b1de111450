"""A load generator that costs little, since it shares the cores with what it measures.

Run as a process of its own: `python -m benchmarks.load HOST PORT ROUTE CLIENTS SECONDS FOLDER`
prints one JSON line.
"""

import http.client
import json
import re
import statistics
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.errors import BenchmarkFailedError

OK = 200
TIMING = re.compile(r"(\w+);dur=([\d.]+)")


@dataclass
class LoadResult:
    """What the clients saw."""

    images_per_second: float
    p50_ms: float
    p99_ms: float
    own_ms: float
    """Median over requests: the service's time less the kernel's and the sending client's."""
    stages_ms: dict[str, float] = field(default_factory=dict)
    """Median of each stage of `Server-Timing`."""


def generate_load(
    host: str, port: int, route: str, *, clients: int, seconds: float, images: list[bytes]
) -> LoadResult:
    """Have clients send images one after another for some time.

    Raises:
        BenchmarkFailedError: an answer other than 200.
    """
    until = time.perf_counter() + seconds
    seen: list[tuple[float, str]] = []
    failures: list[BenchmarkFailedError] = []

    def client(number: int) -> None:
        connection = http.client.HTTPConnection(host, port, timeout=60)
        position = number
        while time.perf_counter() < until and not failures:
            started_at = time.perf_counter()
            connection.request(
                "POST",
                route,
                images[position % len(images)],
                # A cached answer would be no work of the service's.
                {"Content-Type": "image/jpeg", "Cache-Control": "no-cache"},
            )
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != OK:
                failures.append(BenchmarkFailedError(answer.status, body.decode()))
            timing = answer.headers["Server-Timing"]
            seen.append(((time.perf_counter() - started_at) * 1e3, timing))
            position += clients

    started_at = time.perf_counter()
    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started_at
    if failures:
        raise failures[0]
    return summary(seen, elapsed_seconds=elapsed)


def summary(seen: list[tuple[float, str]], *, elapsed_seconds: float) -> LoadResult:
    """Condense latencies and `Server-Timing` headers."""
    latencies = sorted(latency for latency, _ in seen)
    stages = [{name: float(ms) for name, ms in TIMING.findall(timing)} for _, timing in seen]
    return LoadResult(
        images_per_second=len(seen) / elapsed_seconds,
        p50_ms=statistics.median(latencies),
        p99_ms=latencies[int(0.99 * (len(latencies) - 1))],
        own_ms=statistics.median(
            stage["total"] - stage["compute"] - stage["receive"] for stage in stages
        ),
        stages_ms={
            name: statistics.median(stage[name] for stage in stages) for name in stages[0]
        },
    )


if __name__ == "__main__":
    host, port, route, clients, seconds, folder = sys.argv[1:]
    photographs = [path.read_bytes() for path in sorted(Path(folder).glob("*.jpg"))]
    result = generate_load(
        host, int(port), route, clients=int(clients), seconds=float(seconds), images=photographs
    )
    sys.stdout.write(json.dumps(asdict(result)) + "\n")
