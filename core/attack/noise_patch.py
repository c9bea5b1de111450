"""What a patch is held against: noise of exactly its colours.

Source: Carter et al., "Activation Atlas" (2019), https://doi.org/10.23915/distill.00015, whose
control is random noise. Departure: ours is the patch's own pixels in a random order, so that
patch and control differ in what is shown and not in how bright or colourful they are.
"""

import numpy as np

from core.atlas.draws import random_order
from core.images.pixels import RgbPixels


def noise_patch(patch: RgbPixels, *, seed: int, stream: int) -> RgbPixels:
    """Shuffle the pixels of a patch.

    Args:
        patch: [s, s, 3] uint8.
        seed: 0 or more.
        stream: of this patch, 0 or more: each has an order of its own.

    Returns:
        [s, s, 3]: every pixel of the patch once.
    """
    pixels = patch.reshape(-1, patch.shape[2])
    order = random_order(len(pixels), seed=seed, stream=stream)
    return np.asarray(pixels[order].reshape(patch.shape))
