"""Makes the jobs that ship with the bundled model anew: its atlas and its visualizations.

    VITRINE_SERVICE_DATASET_ROOTS=FOLDER vitrine up
    python -m benchmarks.shipped_jobs http://127.0.0.1:8000 FOLDER/train models/catsdogs/shipped

FOLDER/train holds photographs of cats and dogs in folders of these names, as those that the
model was made with. None of them goes into the files: cells and channels are drawn by feature
visualization. Takes half an hour on two cores; `vitrine jobs pack` packs a job of one's own.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from vitrine import Client
from vitrine.client.packing import packed_job

MODEL = "catsdogs"
DATASET_NAME = "cats and dogs"

ATLAS: Mapping[str, Any] = {
    "quality": "draft",
    "samples": 2_000,
    "positions_per_image": 4,
    "grids": [8, 16, 32],
    "landmarks": 4_000,
    "min_density": 4,
    "neighbors": 30,
}

FOR_CATS, FOR_DOGS = (0, 39, 50, 74, 110, 116), (41, 53, 70, 84, 122, 155)
"""Channels of the last maps from which the one class gets most above the other."""

VISUALIZATIONS: Mapping[str, Mapping[str, Any]] = {
    "classes": {"objective": "logit", "classes": ["cat", "dog"], "facets": 3},
    "channels_post_relu": {"layer": "post_relu", "channels": [*FOR_CATS, *FOR_DOGS]},
    "channels_conv3_block1_out": {
        "layer": "conv3_block1_out",
        "channels": [2, 16, 25, 26, 31, 32, 48, 49, 56],
    },
}
"""By the name of the file."""


def main(
    service: Annotated[str, typer.Argument(help="Address of a service with the model.")],
    images: Annotated[str, typer.Argument(help="Folder of images under one of its roots.")],
    folder: Annotated[Path, typer.Argument(help="Where the packed jobs go.")],
) -> None:
    """Make all of them."""
    with Client(service) as client:
        dataset = client.register_dataset(images, name=DATASET_NAME)
        orders = {"atlas": ("atlas", {**ATLAS, "dataset": dataset.id})}
        orders |= {
            name: ("activation-maximization", dict(parameters))
            for name, parameters in VISUALIZATIONS.items()
        }
        folder.mkdir(parents=True, exist_ok=True)
        for name, (kind, parameters) in orders.items():
            job = client.submit(kind, parameters, model=MODEL)
            result = job.wait()
            files = ((one.path, job.artifact(one.path)) for one in job.artifacts())
            named = DATASET_NAME if "dataset" in parameters else None
            packed = packed_job(job.answer, result, files, dataset_name=named)
            (folder / f"{name}.zip").write_bytes(packed)


if __name__ == "__main__":
    typer.run(main)
