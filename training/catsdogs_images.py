"""The photographs behind the bundled model, by what each of them is for."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from training.image_folders import (
    LabelledImages,
    decodable_images,
    held_out_split,
    labelled_images,
)

HELD_OUT_FRACTION: Final = 0.2
"""Of `train`: 400 photographs, on which one in two hundred is seen."""


@dataclass(frozen=True)
class CatsDogsImages:
    """Photographs of cats and dogs, and some of anything."""

    learned: LabelledImages
    """What teacher and student learn from."""
    held_out: LabelledImages
    """What decides between settings; neither of them learns from it."""
    unlabelled: tuple[Path, ...]
    """Of anything; the student learns what the teacher says of them."""


def catsdogs_images(data: Path, *, seed: int) -> CatsDogsImages:
    """Find the photographs; a seed holds the same files out every time.

    Args:
        data: holds `cats_vs_dogs/train`, `cats_vs_dogs/extra` and `imagenet_samples`.
        seed: of the division of `train`.

    Raises:
        DataError: a folder is missing or empty.
    """
    folder = data / "cats_vs_dogs"
    learned, held_out = held_out_split(
        labelled_images(folder / "train"), fraction=HELD_OUT_FRACTION, seed=seed
    )
    return CatsDogsImages(
        learned=learned.joined(labelled_images(folder / "extra")),
        held_out=held_out,
        unlabelled=tuple(decodable_images(data / "imagenet_samples")),
    )
