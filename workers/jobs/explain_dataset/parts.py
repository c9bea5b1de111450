"""The maps of a task as they come in, so that an interrupted task can go on from them."""

from functools import reduce
from io import BytesIO

import numpy as np
from jaxtyping import Float, Int

from workers.jobs.map_shards import (
    MapShard,
    joined_shards,
    map_shard,
    only_images,
    pack_maps,
    unpack_maps,
)


class Parts:
    """What each kernel of a task has made so far, and the probabilities beside it."""

    def __init__(self, kernels: int) -> None:
        self._shards: list[list[MapShard]] = [[] for _ in range(kernels)]
        self._probabilities: list[np.ndarray] = []

    def add(
        self,
        kernel: int,
        images: Int[np.ndarray, " b"],
        targets: Int[np.ndarray, " b"],
        maps: Float[np.ndarray, "b h w"],
    ) -> None:
        """Add the maps of one step."""
        self._shards[kernel].append(map_shard(images, targets, maps))

    def add_probabilities(self, probabilities: Float[np.ndarray, "b K"]) -> None:
        """Add what the network says of the images of one step, whose maps come beside it."""
        self._probabilities.append(probabilities.astype(np.float32))

    def in_common(self, classes: int) -> tuple[list[MapShard], Float[np.ndarray, "n K"]]:
        """Give the maps of each kernel, and what the network says of their images.

        Only of images that every kernel has seen: a file may go while a task is interrupted.
        """
        shards = [joined_shards(parts) for parts in self._shards]
        images = reduce(np.intersect1d, [shard.images for shard in shards])
        said = np.concatenate([np.zeros((0, classes), np.float32), *self._probabilities])
        of_images = said[np.isin(shards[0].images, images)]
        return [only_images(shard, images) for shard in shards], of_images

    def pack(self) -> bytes:
        """Write all of it down."""
        shards = {
            f"kernel-{place}": np.frombuffer(pack_maps(joined_shards(parts)), np.uint8)
            for place, parts in enumerate(self._shards)
            if parts
        }
        file = BytesIO()
        np.savez(
            file,
            allow_pickle=False,
            kernels=np.int64(len(self._shards)),
            probabilities=np.concatenate(self._probabilities or [np.zeros((0, 0))]),
            **shards,
        )
        return file.getvalue()


def unpack_parts(content: bytes) -> Parts:
    """Read what `Parts.pack` wrote."""
    with np.load(BytesIO(content), allow_pickle=False) as kept:
        parts = Parts(int(kept["kernels"]))
        for place, shards in enumerate(parts._shards):
            if f"kernel-{place}" in kept:
                shards.append(unpack_maps(kept[f"kernel-{place}"].tobytes()))
        if len(kept["probabilities"]):
            parts._probabilities.append(kept["probabilities"])
        return parts
