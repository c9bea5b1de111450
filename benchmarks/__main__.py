"""`make bench`: measure everything and write `docs/benchmarks.md`."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from typing import Annotated

import typer

from benchmarks.hosting import measure_hosting
from benchmarks.kernels import measure_kernels
from benchmarks.report import write_report
from benchmarks.service import measure_service
from benchmarks.visualization import measure_visualization


def bench(
    rounds: Annotated[int, typer.Option(help="Runs of each kernel.", min=3)] = 15,
    seconds: Annotated[float, typer.Option(help="Load per measurement.", min=1.0)] = 10.0,
) -> None:
    """Measure kernels and service, and rewrite docs/benchmarks.md."""
    write_report(
        measure_kernels(rounds=rounds),
        measure_visualization(rounds=rounds),
        measure_service(seconds=seconds),
        measure_hosting(),
    )


if __name__ == "__main__":
    typer.run(bench)
