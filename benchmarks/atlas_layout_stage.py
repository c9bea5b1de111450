"""The second stage of an atlas in every size, as a process without TensorFlow.

`python -m benchmarks.atlas_layout_stage STORE DATASET` lays out what the first stage has left
in the store, and prints one JSON line: the `LayoutCosts`.
"""

import json
import sys
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from api_schemas.atlas import AtlasParameters
from benchmarks.atlas_sizes import (
    ACTIVATIONS,
    WARM_ACTIVATIONS,
    StageCost,
    atlas_of,
    cost_of,
    job_of,
)
from core.atlas.arrays import Vectors
from core.atlas.project import project
from storage.folder_store import FolderStore
from storage.job_files import JobFiles
from workers.jobs.atlas.atlas_files import read_layout, shard_names
from workers.jobs.atlas.laying_out import collected_shard, lay_out, projection_of

WARM_FITTED = 5_000
"""So many with a rest beside them, and the smallest size alone, are laid out first: each way of
UMAP's is compiled before it is timed."""
WIDE_CHANNELS = 512
"""Of the layers that the published atlases are of."""


@dataclass(frozen=True)
class LayoutCosts:
    """What layouts took, in points."""

    sizes: list[StageCost]
    """The whole stage by UMAP, for every size."""
    rest: StageCost
    """Of the largest size, what is put beside as many points as the middle size has."""
    wide: StageCost
    """UMAP of the middle size, with as many channels as the published atlases have."""
    tsne: StageCost
    """t-SNE of the middle size."""


def lay_out_sizes(store: Path, dataset: str) -> LayoutCosts:
    """Lay out every size, the smallest first, then what stands beside them."""
    files = {size: files_of(store, size) for size in (WARM_ACTIVATIONS, *ACTIVATIONS)}
    orders = {size: atlas_of(size, dataset=dataset) for size in files}
    order = orders[ACTIVATIONS[1]]
    few, some, many = (vectors_of(files[n]) for n in (WARM_ACTIVATIONS, *ACTIVATIONS[1:]))
    placed(few[: ACTIVATIONS[0]], order, fit_points=ACTIVATIONS[0])
    placed(few, order, fit_points=WARM_FITTED)
    sizes = [laid_out(files[size], orders[size]) for size in files][1:]
    fit = placed(some, order, fit_points=len(some))
    whole = placed(many, order, fit_points=len(some))
    mixing = np.random.default_rng(0).normal(size=(some.shape[1], WIDE_CHANNELS))
    wide = (some @ mixing).astype(np.float32)
    by_tsne = order.model_copy(update={"projection": "tsne"})
    return LayoutCosts(
        sizes,
        rest=replace(
            whole,
            amount=whole.amount - fit.amount,
            core_seconds=whole.core_seconds - fit.core_seconds,
        ),
        wide=placed(wide, order, fit_points=len(wide)),
        tsne=placed(some, by_tsne, fit_points=len(some)),
    )


def laid_out(files: JobFiles, order: AtlasParameters) -> StageCost:
    """Lay out what was collected for one size, as the job does."""

    def work() -> int:
        lay_out(files, order, shards=shards_in(files))
        return read_layout(files).points

    return cost_of(work)


def placed(vectors: Vectors, order: AtlasParameters, *, fit_points: int) -> StageCost:
    """Find places for vectors [N, D], and nothing else; so many of them shape the layout."""
    fitting = order.model_copy(update={"fit_points": fit_points})

    def work() -> int:
        project(vectors, projection_of(fitting, dimensions=2), metric=order.metric)
        return len(vectors)

    return cost_of(work)


def vectors_of(files: JobFiles) -> Vectors:
    """Read the activations [N, D] that were collected for one size."""
    return collected_shard(files, shards=shards_in(files)).vectors


def shards_in(files: JobFiles) -> int:
    """Count the shards that were collected."""
    return next(n for n in count() if files.read_checkpoint(shard_names(n)[1]) is None)


def files_of(store: Path, activations: int) -> JobFiles:
    """Find the files of one size."""
    return JobFiles(FolderStore(store), job_of(activations))


def read_costs(told: dict[str, Any]) -> LayoutCosts:
    """Read what the process has printed."""
    sizes = [StageCost(**cost) for cost in told.pop("sizes")]
    return LayoutCosts(sizes, **{name: StageCost(**cost) for name, cost in told.items()})


if __name__ == "__main__":
    costs = lay_out_sizes(Path(sys.argv[1]), sys.argv[2])
    sys.stdout.write(json.dumps(asdict(costs)) + "\n")
