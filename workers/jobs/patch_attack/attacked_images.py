"""Some images, and every patch that is pasted on them."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import UInt8

from api_schemas.patch_attack import PatchAttackParameters
from core.attack.noise_patch import noise_patch
from core.attack.patch_places import PatchPlaces, pasted, patch_places
from core.images.pixels import RgbPixels
from core.images.resize import resize_image
from storage.dataset import Dataset
from storage.errors import FileNotStoredError
from workers.jobs.image_batches import image_read

PATCH, CONTROL = 0, 1

NOISE_STREAM = 1 << 62
"""Random numbers of controls begin there; those of images are below."""

Trial = tuple[int, int, int, int, int]
"""Image, patch, `PATCH` or `CONTROL`, size and place, by their numbers."""

Patches = UInt8[np.ndarray, "P s s 3"]
PatchPairs = UInt8[np.ndarray, "P 2 s s 3"]
"""Patches and their controls."""


class AttackedImages:
    """Makes the pictures that a model is shown."""

    def __init__(
        self,
        parameters: PatchAttackParameters,
        patches: Patches,
        dataset: Dataset,
        numbers: np.ndarray,
        *,
        height: int,
        width: int,
    ) -> None:
        """Prepare the patches; images are read when they are needed.

        Args:
            parameters: of the attack.
            patches: of the attack, in any size.
            dataset: of the images.
            numbers: of the images in the dataset.
            height: of the model's input, in pixels.
            width: of the model's input, in pixels.
        """
        self._dataset, self._numbers = dataset, numbers
        self._size = height, width
        self._parameters = parameters
        shorter = min(height, width)
        self._pairs = [
            patch_pairs(patches, side=side_of(part, shorter), seed=parameters.seed)
            for part in parameters.sizes
        ]
        self._read: dict[int, RgbPixels | None] = {}
        self._spots: dict[tuple[int, int], PatchPlaces] = {}
        self.shape = (
            len(numbers),
            len(patches),
            2,
            len(self._pairs),
            parameters.positions,
        )
        """Of all trials; where a size has fewer places, there are fewer."""

    def trials(self) -> Iterator[Trial]:
        """Go through the trials with all images that can be read."""
        images, patches, kinds, sizes, _ = self.shape
        for image in range(images):
            if self._image(image) is None:
                continue
            counts = [len(self._places(image, size)) for size in range(sizes)]
            for patch, kind, size in np.ndindex(patches, kinds, sizes):
                for place in range(counts[size]):
                    yield image, patch, kind, size, place

    def picture(self, trial: Trial) -> RgbPixels:
        """Paste a patch: [height, width, 3].

        Raises:
            FileNotStoredError: the image is gone.
        """
        image, patch, kind, size, place = trial
        spot = self._places(image, size)[place]
        return pasted(self.unpatched(trial), self._pairs[size][patch, kind], spot)

    def unpatched(self, trial: Trial) -> RgbPixels:
        """Give the image of a trial as it was: [height, width, 3].

        Raises:
            FileNotStoredError: it is gone.
        """
        pixels = self._image(trial[0])
        if pixels is None:
            raise FileNotStoredError(self.path(trial))
        return pixels

    def path(self, trial: Trial) -> str:
        """Name the image of a trial in the dataset."""
        return self._dataset[int(self._numbers[trial[0]])].path

    def place(self, trial: Trial) -> tuple[int, int]:
        """Tell row and column of the patch's upper left pixel."""
        image, _, _, size, place = trial
        top, left = self._places(image, size)[place]
        return int(top), int(left)

    def _image(self, image: int) -> RgbPixels | None:
        if image not in self._read:
            height, width = self._size
            found = image_read(self._dataset, int(self._numbers[image]))
            if found is not None:
                found = resize_image(found, width=width, height=height)
            self._read[image] = found
        return self._read[image]

    def _places(self, image: int, size: int) -> PatchPlaces:
        height, width = self._size
        if (image, size) not in self._spots:
            self._spots[image, size] = patch_places(
                int(self._numbers[image]),
                height=height,
                width=width,
                side=self._pairs[size].shape[2],
                count=self._parameters.positions,
                seed=self._parameters.seed,
            )
        return self._spots[image, size]


def patch_pairs(patches: Patches, *, side: int, seed: int) -> PatchPairs:
    """Bring patches to a size, and shuffle the pixels of a copy of each."""
    resized = np.stack([resize_image(one, width=side, height=side) for one in patches])
    controls = [
        noise_patch(one, seed=seed, stream=NOISE_STREAM + number)
        for number, one in enumerate(resized)
    ]
    return np.stack([resized, np.stack(controls)], axis=1)


def side_of(part: float, shorter: int) -> int:
    """Give the side of a patch in pixels, from its part of the model's input."""
    return max(1, round(part * shorter))
