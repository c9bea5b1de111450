"""A shard: what was collected of some of the images, as one file of half precision.

The file is NumPy's `.npz` without pickles; docs/atlas_format.md lists its arrays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from jaxtyping import Float, Int

from core.atlas.halves import Halves, from_halves, to_halves

FORMAT = 1
"""Version of the file."""


@dataclass(frozen=True)
class Shard:
    """N activations, and where they are from."""

    vectors: Float[np.ndarray, "N D"]
    attributions: Float[np.ndarray, "N K"]
    """K is 0 where none were collected."""
    images: Int[np.ndarray, " N"]
    """Number of the image in its dataset."""
    places: Int[np.ndarray, "N 2"]
    """Row and column in the layer's map."""

    def rows(self, chosen: np.ndarray) -> "Shard":
        """Keep some of the activations, by a mask or by indices."""
        return Shard(
            self.vectors[chosen],
            self.attributions[chosen],
            self.images[chosen],
            self.places[chosen],
        )


def make_shard(
    vectors: Float[np.ndarray, "B P D"],
    attributions: Float[np.ndarray, "B P K"],
    images: Int[np.ndarray, " B"],
    places: Int[np.ndarray, "B P 2"],
) -> Shard:
    """List the activations of a batch one by one, image by image; float32."""
    count, per_image = places.shape[:2]
    return Shard(
        vectors.reshape(count * per_image, vectors.shape[2]).astype(np.float32),
        attributions.reshape(count * per_image, attributions.shape[2]).astype(np.float32),
        np.repeat(images.astype(np.int64), per_image),
        places.reshape(-1, 2).astype(np.int32),
    )


def join_shards(shards: Iterable[Shard]) -> Shard:
    """Put at least one shard, all of the same D and K, one after another."""
    parts = list(shards)
    return Shard(
        np.concatenate([part.vectors for part in parts]),
        np.concatenate([part.attributions for part in parts]),
        np.concatenate([part.images for part in parts]),
        np.concatenate([part.places for part in parts]),
    )


def pack_shard(shard: Shard, **more: np.ndarray) -> bytes:
    """Write a shard's file; vectors and attributions are rounded to half precision.

    Args:
        shard: what was collected.
        more: arrays that are to stand beside it, by name: `points` once there is a layout.
    """
    vectors, attributions = to_halves(shard.vectors), to_halves(shard.attributions)
    file = BytesIO()
    np.savez(
        file,
        allow_pickle=False,
        format=np.int64(FORMAT),
        vectors=vectors.numbers,
        vectors_scale=np.float64(vectors.scale),
        attributions=attributions.numbers,
        attributions_scale=np.float64(attributions.scale),
        images=shard.images.astype(np.int64),
        places=shard.places.astype(np.int16),
        **more,
    )
    return file.getvalue()


def unpack_shard(content: bytes) -> Shard:
    """Read a shard's file: vectors and attributions come back in float32."""
    with np.load(BytesIO(content), allow_pickle=False) as file:
        return Shard(
            from_halves(Halves(file["vectors"], float(file["vectors_scale"]))),
            from_halves(Halves(file["attributions"], float(file["attributions_scale"]))),
            file["images"],
            file["places"].astype(np.int32),
        )
