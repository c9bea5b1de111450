"""What the stages of `explain-dataset` leave for one another in the store, by name.

| checkpoint | content | written by |
|---|---|---|
| `seen-<n>.npz` | what the network saw in some images: `SeenShard` | explain |
| `about-<n>.json` | how they were explained: `AboutShard` | explain |
| `index-<n>.json` | the members of `index.json` for them, separated by commas | look |
| `means-<n>-<key>.npz` | the maps' mass by class: `core/measure/class_means.py` | look |
| `means-<n>.npz` | the same of the images themselves | look |
"""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from jaxtyping import Float, Int

from api_schemas.dataset_explanations import ExplainedMethod
from api_schemas.schema import Schema
from storage.job_files import JobFiles
from workers.jobs.atlas.atlas_files import needed
from workers.jobs.map_shards import MapShard, pack_maps, unpack_maps


class AboutShard(Schema):
    """How the images of one shard were explained, and with which network."""

    model_sha256: str
    """Of the weights."""
    classes: tuple[str, ...]
    """Labels in index order."""
    methods: dict[str, ExplainedMethod]
    """As they were run, by the key of their maps."""
    is_localized: bool
    """Whether objects are sought: if it is wanted, and the network has gradients."""
    unread: tuple[int, ...]
    """Images that could not be read."""
    unlabelled: int
    """Images left out for want of a label."""


@dataclass(frozen=True)
class SeenShard:
    """Images that could be read, and what the network sees in them."""

    images: Int[np.ndarray, " n"]
    """Places in the dataset, ascending."""
    probabilities: Float[np.ndarray, "n K"]
    """Of every class."""
    saliency: MapShard | None
    """Maps by which objects are sought; none where they are not."""


def maps_path(key: str, task: int) -> str:
    """Name the artifact with the maps of one method and shard."""
    return f"maps/{key}/{task:05}.npz"


def write_seen(files: JobFiles, task: int, seen: SeenShard, about: AboutShard) -> None:
    """Keep what was seen in a shard."""
    saliency = b"" if seen.saliency is None else pack_maps(seen.saliency)
    file = BytesIO()
    np.savez(
        file,
        allow_pickle=False,
        images=seen.images,
        probabilities=seen.probabilities.astype(np.float32),
        saliency=np.frombuffer(saliency, np.uint8),
    )
    files.write_checkpoint(f"seen-{task}.npz", file.getvalue())
    files.write_checkpoint(f"about-{task}.json", about.model_dump_json().encode())


def read_seen(files: JobFiles, task: int) -> SeenShard:
    """Read what `write_seen` kept."""
    with np.load(BytesIO(needed(files, f"seen-{task}.npz")), allow_pickle=False) as kept:
        saliency = kept["saliency"].tobytes()
        return SeenShard(
            kept["images"], kept["probabilities"], unpack_maps(saliency) if saliency else None
        )


def read_about(files: JobFiles, task: int) -> AboutShard:
    """Read how a shard was explained."""
    return AboutShard.model_validate_json(needed(files, f"about-{task}.json"))
