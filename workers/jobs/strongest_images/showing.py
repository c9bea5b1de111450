"""The second stage of `strongest-images`: the document, and small pictures of the images."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from api_schemas.strongest_images import (
    StrongestImages,
    StrongestImagesParameters,
    StrongImage,
    StrongImages,
)
from core.images.resize import resize_image
from core.render.encode import encode_webp
from core.visualize.strongest import NOBODY, Strongest, merged, unpack_strongest
from storage.dataset import Dataset
from workers.jobs.atlas.atlas_files import needed
from workers.jobs.image_batches import BATCH_IMAGES, image_read
from workers.jobs.job_run import JobRun
from workers.jobs.strongest_images.scanning import ScannedShard, read_scanned

DOCUMENT = "strongest.json"
WEBP_QUALITY = 82

READERS = 2
"""Images read and decoded at once."""


def show(
    parameters: StrongestImagesParameters,
    dataset: Dataset,
    run: JobRun,
    *,
    model: str,
    tasks: int,
) -> dict[str, Any]:
    """Write the artifacts.

    Args:
        parameters: of the job.
        dataset: whose images were looked at.
        run: the job; some thumbnails are one of its steps.
        model: name of the one whose channels were looked at.
        tasks: that the images were looked at in.

    Returns:
        The result.

    Raises:
        JobInterruptedError: between two steps.
    """
    shards = [read_scanned(run.files, task) for task in range(tasks)]
    found = merged(
        [unpack_strongest(needed(run.files, f"strongest-{task}.npz")) for task in range(tasks)],
        count=parameters.images_each,
    )
    numbers = np.unique(found.images[found.images != NOBODY])
    write_thumbnails(parameters, dataset, numbers.tolist(), run, seen=shards[0].input_size)
    about = shards[0]
    document = StrongestImages(
        model=model,
        model_sha256=about.model_sha256,
        dataset=parameters.dataset,
        layer=about.layer,
        layer_shape=about.layer_shape,
        images=sum(shard.images for shard in shards),
        unread=sum(shard.unread for shard in shards),
        channels=tuple(
            StrongImages(channel=channel, images=listed(found, channel, dataset, about))
            for channel in range(len(found.images))
        ),
    )
    run.files.write_artifact(DOCUMENT, document.model_dump_json().encode())
    silent = sum(not one.images for one in document.channels)
    return {
        "document": DOCUMENT,
        "layer": document.layer,
        "channels": len(document.channels),
        "silent_channels": silent,
        "images": document.images,
        "unread": document.unread,
        "thumbnails": len(numbers),
    }


def listed(
    found: Strongest, channel: int, dataset: Dataset, about: ScannedShard
) -> tuple[StrongImage, ...]:
    """List the images of one channel, the strongest first."""
    height, width, _ = about.layer_shape
    rows = zip(found.values[channel], found.images[channel], found.places[channel], strict=True)
    return tuple(
        StrongImage(
            path=dataset[int(number)].path,
            thumbnail=thumbnail_path(int(number)),
            value=float(value),
            x=(int(place) % width + 0.5) / width,
            y=(int(place) // width + 0.5) / height,
        )
        for value, number, place in rows
        if number != NOBODY
    )


def write_thumbnails(
    parameters: StrongestImagesParameters,
    dataset: Dataset,
    numbers: Sequence[int],
    run: JobRun,
    *,
    seen: tuple[int, int],
) -> None:
    """Write a small picture of each image; one that has gone meanwhile has none.

    They have the proportions of what the network sees, so that places in its maps are places
    in them.
    """
    scale = parameters.thumbnail_size / max(seen)
    height, width = (max(1, round(side * scale)) for side in seen)

    def write(number: int) -> None:
        image = image_read(dataset, number)
        if image is not None:
            small = resize_image(image, width=width, height=height)
            run.files.write_artifact(
                thumbnail_path(number), encode_webp(small, quality=WEBP_QUALITY)
            )

    with ThreadPoolExecutor(READERS, "read") as readers:
        starts = range(0, len(numbers), BATCH_IMAGES)
        for start in run.off_device(starts, stage="show"):
            list(readers.map(write, numbers[start : start + BATCH_IMAGES]))


def thumbnail_path(number: int) -> str:
    """Name the small picture of an image by its place in the dataset."""
    return f"images/{number:06}.webp"
