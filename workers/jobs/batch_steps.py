"""How the batches of a task are gone through by several kernels, in steps of the device."""

from collections.abc import Sequence
from dataclasses import dataclass

from workers.jobs.image_batches import Numbers

LONG_STEP_IMAGES = 1
"""Of a method that takes many passes for every image: its passes are steps of their own, but
what has been done of them is lost with a killed worker."""


@dataclass(frozen=True)
class BatchStep:
    """Some images of a batch, for one kernel."""

    batch: int
    """Its place among the task's."""
    kernel: int
    """Its place among the kernels."""
    rows: slice
    """Of the batch's images, those that could not be read left out."""


def batch_steps(batches: Sequence[Numbers], is_long: Sequence[bool]) -> list[BatchStep]:
    """Go through every batch with every kernel.

    Args:
        batches: of images.
        is_long: for each kernel whether it takes many passes for every image.

    Returns:
        Batch by batch, kernel by kernel: all images at once, or one after another for long
        kernels. Where images cannot be read, the last steps of a batch hold none.
    """
    return [
        BatchStep(place, kernel, slice(start, start + images))
        for place, batch in enumerate(batches)
        for kernel, takes_long in enumerate(is_long)
        for images in [LONG_STEP_IMAGES if takes_long else len(batch)]
        for start in range(0, len(batch), images)
    ]
