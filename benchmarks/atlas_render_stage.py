"""The third stage of an atlas in every size, as a process: its time, and its memory.

`python -m benchmarks.atlas_render_stage STORE DATASET` renders cells of what the second stage
has left in the store, and prints one JSON line: the `RenderCost` of each size.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.atlas_sizes import (
    ACTIVATIONS,
    BUNDLED,
    LAYER,
    STEPS,
    WARM_ACTIVATIONS,
    StageCost,
    atlas_of,
    cost_of,
    job_of,
)
from benchmarks.plain_run import PlainRun
from core.models.load import load_classifier
from workers.jobs.atlas.atlas_files import read_layout
from workers.jobs.atlas.rendering import IconKind, render
from workers.model_pool import HostedModel

MOST_TASKS = 3
"""Timed of each size: all are alike."""


@dataclass(frozen=True)
class RenderCost:
    """What icons took."""

    cells: int
    """Of all grids: so many there would be to render."""
    steps: StageCost
    """Of those that were: steps of one icon each."""


def render_sizes(store: Path, dataset: str) -> list[RenderCost]:
    """Render cells of every size, the smallest first."""
    model = HostedModel(load_classifier(BUNDLED), max_compiled_kernels=2)
    sizes = (WARM_ACTIVATIONS, *ACTIVATIONS)
    return [rendered(model, store, dataset, size) for size in sizes][1:]


def rendered(model: HostedModel, store: Path, dataset: str, activations: int) -> RenderCost:
    """Render the first cells of one size, as many tasks of them as are timed."""
    parameters = atlas_of(activations, dataset=dataset)
    kind, run = IconKind.of(parameters, LAYER), PlainRun(store, job_of(activations))
    cells = read_layout(run.files).cells
    tasks = min(MOST_TASKS, kind.tasks(cells))

    def work() -> int:
        for task in range(tasks):
            render(parameters, model, LAYER, task, run)
        return min(cells, tasks * kind.batch) * STEPS

    return RenderCost(cells, cost_of(work))


def read_costs(told: list[dict[str, Any]]) -> list[RenderCost]:
    """Read what the process has printed."""
    return [RenderCost(cost["cells"], StageCost(**cost["steps"])) for cost in told]


if __name__ == "__main__":
    costs = render_sizes(Path(sys.argv[1]), sys.argv[2])
    sys.stdout.write(json.dumps([asdict(cost) for cost in costs]) + "\n")
