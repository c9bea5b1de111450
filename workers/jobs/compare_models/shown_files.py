"""What the stages of `compare-models` leave for one another in the store, by name.

| checkpoint | content | written by |
|---|---|---|
| `first-<n>.npz`, `second-<n>.npz` | what a model makes of some images: `ShownShard` | show |
| `first-<n>.json`, `second-<n>.json` | how it was asked: `AboutShown` | show |
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Literal

import numpy as np
from jaxtyping import Float, Int

from api_schemas.dataset_explanations import ExplainedMethod
from api_schemas.schema import Schema
from storage.job_files import JobFiles
from workers.jobs.atlas.atlas_files import needed

Side = Literal["first", "second"]
"""Of the two models."""


class AboutShown(Schema):
    """How the images of one shard were shown, and to which network."""

    model: str
    """Its name."""
    model_sha256: str
    """Of the weights."""
    classes: tuple[str, ...]
    """Labels in index order."""
    layers: tuple[str, ...]
    """Looked into."""
    method: ExplainedMethod
    """How the maps were made."""
    unread: int
    """Images that could not be read."""


@dataclass(frozen=True)
class ShownShard:
    """What a model makes of the images of a shard that could be read."""

    images: Int[np.ndarray, " n"]
    """Places in the dataset, ascending."""
    probabilities: Float[np.ndarray, "n K"]
    """Of every class."""
    maps: Float[np.ndarray, "n h w"]
    """Of the top class, signed."""
    grams: Float[np.ndarray, "layers n n"]
    """Hollow Gram matrix of each layer."""


def write_shown(
    files: JobFiles, side: Side, task: int, shown: ShownShard, about: AboutShown
) -> None:
    """Keep what a model made of a shard."""
    file = BytesIO()
    np.savez(file, allow_pickle=False, **vars(shown))
    files.write_checkpoint(f"{side}-{task}.npz", file.getvalue())
    files.write_checkpoint(f"{side}-{task}.json", about.model_dump_json().encode())


def read_shown(files: JobFiles, side: Side, task: int) -> ShownShard:
    """Read what `write_shown` kept."""
    with np.load(BytesIO(needed(files, f"{side}-{task}.npz")), allow_pickle=False) as kept:
        return ShownShard(kept["images"], kept["probabilities"], kept["maps"], kept["grams"])


def read_about(files: JobFiles, side: Side, task: int) -> AboutShown:
    """Read how a shard was shown."""
    return AboutShown.model_validate_json(needed(files, f"{side}-{task}.json"))


def in_common(first: ShownShard, second: ShownShard) -> tuple[ShownShard, ShownShard]:
    """Keep the images that both models were shown: a file may have gone in between."""
    shared = np.intersect1d(first.images, second.images)
    return _only(first, shared), _only(second, shared)


def _only(shown: ShownShard, images: Int[np.ndarray, " m"]) -> ShownShard:
    rows = np.flatnonzero(np.isin(shown.images, images))
    return ShownShard(
        shown.images[rows],
        shown.probabilities[rows],
        shown.maps[rows],
        shown.grams[:, rows][:, :, rows],
    )
