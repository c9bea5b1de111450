"""What the stages of an atlas leave for one another in the store, by name.

| checkpoint | content | written by |
|---|---|---|
| `shard-<n>.npz` | activations of some images, see `core/atlas/shards.py` | collect, task n |
| `shard-<n>.json` | what was looked at for it: `CollectedShard` | collect, task n |
| `layout.npz` | cells of every grid, directions of their icons: `Layout` | layout |
| `landmarks.npz` | activations by which images are located | layout |
| `points.npz` | everything with its place, if it is to be kept | layout |
| `icons-<n>.npy` | icons of some cells, [m, size, size, 3] uint8 | render, task n |
"""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from jaxtyping import Float, UInt8

from api_schemas.schema import Schema
from core.atlas.grid import Cells
from storage.job_files import JobFiles

LAYOUT, LANDMARKS, POINTS = "layout.npz", "landmarks.npz", "points.npz"

CELL_ARRAYS = ("rows", "columns", "densities", "vectors", "attributions")


class CollectedShard(Schema):
    """What was looked at for one shard, and with which network."""

    images: int
    """Looked at."""
    unread: int
    """Files that could not be read as images."""
    model_sha256: str
    """Of the weights."""
    layer: str
    """Whose activations they are."""
    layer_shape: tuple[int, int, int]
    """[height, width, channels] of its maps."""
    classes: tuple[str, ...]
    """Labels in index order."""


@dataclass(frozen=True)
class Layout:
    """Where the activations lie, summed up by the cells of every grid."""

    grids: tuple[Cells, ...]
    """The coarsest first."""
    directions: Float[np.ndarray, "M D"]
    """Of the icons of all cells, those of the first grid first."""
    points: int
    """Activations laid out."""
    silent: int
    """Activations without direction, which lie nowhere."""
    class_filter: int
    """Index, negative for none."""
    versus: int
    """Index, negative for none."""

    @property
    def cells(self) -> int:
        """Of all grids together."""
        return len(self.directions)


def shard_names(task: int) -> tuple[str, str]:
    """Name the files of a shard: its activations, and what was looked at for it."""
    return f"shard-{task}.npz", f"shard-{task}.json"


def write_layout(files: JobFiles, layout: Layout) -> None:
    """Keep a layout."""
    arrays = {
        f"{name}-{place}": getattr(cells, name)
        for place, cells in enumerate(layout.grids)
        for name in CELL_ARRAYS
    }
    file = BytesIO()
    np.savez(
        file,
        allow_pickle=False,
        grids=np.array([cells.grid for cells in layout.grids]),
        sparse=np.array([cells.sparse_points for cells in layout.grids]),
        directions=layout.directions,
        counts=np.array([layout.points, layout.silent]),
        classes=np.array([layout.class_filter, layout.versus]),
        **arrays,
    )
    files.write_checkpoint(LAYOUT, file.getvalue())


def read_layout(files: JobFiles) -> Layout:
    """Read what `write_layout` kept."""
    with np.load(BytesIO(needed(files, LAYOUT)), allow_pickle=False) as kept:
        grids = tuple(
            Cells(
                grid=int(grid),
                sparse_points=int(kept["sparse"][place]),
                **{name: kept[f"{name}-{place}"] for name in CELL_ARRAYS},
            )
            for place, grid in enumerate(kept["grids"])
        )
        return Layout(
            grids,
            kept["directions"],
            *(int(count) for count in kept["counts"]),
            *(int(index) for index in kept["classes"]),
        )


def write_icons(files: JobFiles, task: int, icons: UInt8[np.ndarray, "m size size 3"]) -> None:
    """Keep the icons of one task."""
    file = BytesIO()
    np.save(file, icons, allow_pickle=False)
    files.write_checkpoint(f"icons-{task}.npy", file.getvalue())


def read_icons(files: JobFiles, task: int) -> UInt8[np.ndarray, "m size size 3"]:
    """Read the icons of one task."""
    kept = BytesIO(needed(files, f"icons-{task}.npy"))
    icons: UInt8[np.ndarray, "m size size 3"] = np.load(kept, allow_pickle=False)
    return icons


def needed(files: JobFiles, name: str) -> bytes:
    """Read what an earlier stage has left.

    Raises:
        FileNotFoundError: it is not there: somebody has emptied the store.
    """
    content = files.read_checkpoint(name)
    if content is None:
        raise FileNotFoundError(f"the store has lost {name} of the job")
    return content
