"""Insertion and deletion of a batch's maps, beside those of maps that know nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import tensorflow as tf
from jaxtyping import Bool

from core.measure.deletion import deletion
from core.measure.insertion import insertion
from core.measure.random_maps import random_maps
from core.measure.replacement import Curve
from core.shapes import Images, Maps, Scores
from workers.chunks import with_smaller_chunks
from workers.measured_batch import MeasuredBatch

STEPS = 15
"""Of each curve, whose 16 scores are one pass of a worker that was told nothing else."""
RANDOM_MAPS = 3
"""Beside which a map has to prove itself; their areas are averaged, since one may be lucky."""


@dataclass(frozen=True)
class Areas:
    """Under the curves of the probabilities, [B] each."""

    insertion: Scores
    """From the blurred image to the image, as in the paper."""
    deletion: Scores
    """From the image to grey, as in the paper."""

    def where(self, is_chosen: Bool[tf.Tensor, " B"], others: "Areas") -> "Areas":
        """Keep the areas of the chosen maps, and take those of others for the rest."""
        return Areas(
            insertion=tf.where(is_chosen, self.insertion, others.insertion),
            deletion=tf.where(is_chosen, self.deletion, others.deletion),
        )


class CurveAreas:
    """Measures maps of one batch; those of random ones are measured once a coarseness."""

    def __init__(self, batch: MeasuredBatch) -> None:
        self._batch = batch
        self._probability = batch.score("probability")
        self._blurred, self._grey = batch.baseline("blurred"), batch.baseline("grey")
        self.of_random_maps = cache(self._of_random_maps)

    def of_maps(self, maps: Maps) -> Areas:
        """Measure maps [B, H, W] of the images' size; costs 2 · (STEPS + 1) forward passes."""
        return Areas(
            insertion=self._area(insertion, maps, self._blurred),
            deletion=self._area(deletion, maps, self._grey),
        )

    def _of_random_maps(self, cells: int) -> Areas:
        """Average over RANDOM_MAPS maps of so many by so many cells."""
        batch = self._batch
        areas = [
            self.of_maps(random_maps(batch.images, cells=cells, seed=batch.seed + draw))
            for draw in range(RANDOM_MAPS)
        ]
        return Areas(
            insertion=tf.add_n([area.insertion for area in areas]) / RANDOM_MAPS,
            deletion=tf.add_n([area.deletion for area in areas]) / RANDOM_MAPS,
        )

    def _area(self, curve: Callable[..., Curve], maps: Maps, baseline: Images) -> Scores:
        batch = self._batch

        def area(chunk: int) -> Scores:
            return curve(
                self._probability,
                batch.images,
                maps,
                baseline=baseline,
                steps=STEPS,
                seed=batch.seed,
                chunk=chunk,
                track=batch.track,
            ).area

        return with_smaller_chunks(area, chunk=batch.chunk)
