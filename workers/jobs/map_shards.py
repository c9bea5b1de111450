"""Maps of some images in one file, two bytes a value: docs/explained_datasets.md describes it.

Each map is multiplied by a power of two before it is rounded, which is exact, and that is kept
beside it: maps of one method differ by orders of magnitude from image to image.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from jaxtyping import Float, Float16, Int

from core.atlas.halves import Halves, from_halves, to_halves


@dataclass(frozen=True)
class MapShard:
    """Maps of one method, and what they are of."""

    images: Int[np.ndarray, " n"]
    """Places in the dataset."""
    targets: Int[np.ndarray, " n"]
    """Class indices explained."""
    maps: Float16[np.ndarray, "n h w"]
    """Signed, each times its scale."""
    scales: Float[np.ndarray, " n"]
    """Powers of two."""

    def map(self, row: int) -> Float[np.ndarray, "h w"]:
        """Give a map in the method's units: float32."""
        return from_halves(Halves(self.maps[row], float(self.scales[row])))

    def all_maps(self) -> Float[np.ndarray, "n h w"]:
        """Give all maps in the method's units: float32."""
        scales = self.scales[:, np.newaxis, np.newaxis]
        return np.asarray(self.maps.astype(np.float64) / scales, np.float32)


def map_shard(
    images: Int[np.ndarray, " n"],
    targets: Int[np.ndarray, " n"],
    maps: Float[np.ndarray, "n h w"],
) -> MapShard:
    """Round maps to half precision; what is not finite stays so."""
    finite = np.isfinite(maps)
    halves = [to_halves(one) for one in np.where(finite, maps, 0.0)]
    rounded = np.array([one.numbers for one in halves], np.float16).reshape(maps.shape)
    rounded[~finite] = maps[~finite]
    scales = np.array([one.scale for one in halves], np.float64)
    return MapShard(images.astype(np.int64), targets.astype(np.int32), rounded, scales)


def joined_shards(parts: Sequence[MapShard]) -> MapShard:
    """Put shards of one method one after another; none at all make an empty one."""
    if not parts:
        nothing = np.zeros(0)
        return map_shard(
            nothing.astype(np.int64), nothing.astype(np.int64), np.zeros((0, 1, 1), np.float32)
        )
    return MapShard(
        np.concatenate([part.images for part in parts]),
        np.concatenate([part.targets for part in parts]),
        np.concatenate([part.maps for part in parts]),
        np.concatenate([part.scales for part in parts]),
    )


def only_images(shard: MapShard, images: Int[np.ndarray, " m"]) -> MapShard:
    """Keep the maps of some images."""
    rows = np.isin(shard.images, images)
    return MapShard(
        shard.images[rows], shard.targets[rows], shard.maps[rows], shard.scales[rows]
    )


def pack_maps(shard: MapShard) -> bytes:
    """Write a shard's file."""
    file = BytesIO()
    np.savez(file, allow_pickle=False, **vars(shard))
    return file.getvalue()


def unpack_maps(content: bytes) -> MapShard:
    """Read a shard's file."""
    with np.load(BytesIO(content), allow_pickle=False) as file:
        return MapShard(file["images"], file["targets"], file["maps"], file["scales"])
