"""The first stage of an atlas in every size, as a process: its time, and its memory.

`python -m benchmarks.atlas_collect_stage STORE DATASET` leaves what it collected in the store,
and prints one JSON line: the `StageCost` of each size, in activations.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.atlas_sizes import (
    ACTIVATIONS,
    BUNDLED,
    PLACES,
    WARM_ACTIVATIONS,
    StageCost,
    atlas_of,
    cost_of,
    job_of,
)
from benchmarks.plain_run import PlainRun
from core.models.load import load_classifier
from storage.folder_store import FolderStore
from workers.jobs.atlas.collecting import atlas_collection, collect, shards_of
from workers.jobs.datasets import dataset_of
from workers.model_pool import HostedModel


def collect_sizes(store: Path, dataset: str) -> list[StageCost]:
    """Collect for every size, the smallest first."""
    model = HostedModel(load_classifier(BUNDLED), max_compiled_kernels=2)
    sizes = (WARM_ACTIVATIONS, *ACTIVATIONS)
    return [collected(model, store, dataset, size) for size in sizes][1:]


def collected(model: HostedModel, store: Path, dataset: str, activations: int) -> StageCost:
    """Collect for one size, one shard after another, and leave the shards in the store."""
    parameters = atlas_of(activations, dataset=dataset)
    collection = atlas_collection(parameters, model)
    images = dataset_of(FolderStore(store), dataset)
    run = PlainRun(store, job_of(activations))

    def work() -> int:
        for shard in range(shards_of(collection.samples, images=len(images))):
            collect(collection, images, shard, run)
        return collection.samples * PLACES

    return cost_of(work)


if __name__ == "__main__":
    costs = collect_sizes(Path(sys.argv[1]), sys.argv[2])
    sys.stdout.write(json.dumps([asdict(cost) for cost in costs]) + "\n")
