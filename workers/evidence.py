"""Evidence for and against a map, measured with the model that it claims to explain."""

import math
from dataclasses import asdict, replace

import numpy as np
import tensorflow as tf
from jaxtyping import Bool

from api_schemas.evidence import EvidenceReason, MapEvidence
from api_schemas.explanations import ExplanationOrder
from api_schemas.methods import METHODS
from core.explain.gaussian_blur import gaussian_blurs
from core.measure.average_drop import average_drop
from core.measure.completeness import completeness_gap
from core.measure.evidence import Evidence
from core.measure.rank_correlation import rank_correlation
from core.measure.stability import stability
from core.measure.verdict import verdict
from core.models.randomized_head import randomized_head
from core.progress import Track
from core.shapes import ClassIndices, Images, Maps, Pixels, Scores
from workers.coarseness import map_cells
from workers.curve_areas import CurveAreas
from workers.explained import Explain, Explained
from workers.measured_batch import MeasuredBatch
from workers.model_pool import HostedModel

COARSE_MAP_HEADS = 5
"""Draws of the last weights; a coarse map resembles that of one draw by chance alone. Maps of
single pixels, of which there are thousands, do not: for them one is drawn."""
NOISE, NOISY_COPIES = 0.02, 2
"""Of the image's range: five of 255 levels, which nobody sees."""


def explain_with_evidence(
    model: HostedModel, order: ExplanationOrder, *, max_images: int
) -> Explain:
    """Make the function that carries an order out and measures the maps.

    Raises:
        CoreError: the order is wrong for this model.
    """
    kernel = model.kernel(kernel_order(order), max_images=max_images)

    def explain(
        pixels: Pixels, requested: ClassIndices, versus: ClassIndices, track: Track
    ) -> Explained:
        explained = kernel(pixels, requested, versus, track)
        batch = MeasuredBatch(
            passes=model.passes,
            pixels=pixels,
            targets=explained.targets,
            versus=versus,
            seed=order.seed,
            max_images=max_images,
            track=track,
        )
        evidence = MapMeasuring(batch).evidence(order, kernel, explained.maps)
        return replace(explained, evidence=evidence)

    return explain


def kernel_order(order: ExplanationOrder) -> ExplanationOrder:
    """Take the map alone out of an order, so that its kernel is compiled once for all seeds."""
    seed = order.seed if METHODS[str(order.method)].uses_seed else 0
    return order.model_copy(update={"evidence": False, "seed": seed})


class MapMeasuring:
    """Measures the maps of one batch, of one method or several."""

    def __init__(self, batch: MeasuredBatch) -> None:
        self._batch = batch
        self._areas = CurveAreas(batch)

    def evidence(
        self, order: ExplanationOrder, kernel: Explain, maps: Maps
    ) -> tuple[MapEvidence, ...]:
        """Measure the maps of one method.

        Args:
            order: the method and its parameters.
            kernel: carries the order out.
            maps: [B, h, w], what it made of the batch.

        Returns:
            One an image. Costs 32 forward passes, 96 more for random maps of a coarseness that
            was not measured yet, and explanations: 7 more of coarse maps, 3 of others.
        """
        side_pixels = int(self._batch.images.shape[1])
        cells = map_cells(order, maps, side_pixels=side_pixels)
        is_coarse = cells < side_pixels
        numbers = self._beside_random(maps, cells=cells)
        if is_coarse:
            numbers["score_drop"] = self._score_drop(maps)
        numbers["noise_stability"] = self._noise_stability(kernel, maps)
        if (start := self._promised_start(order)) is not None:
            logit = self._batch.score("logit")
            gap = completeness_gap(logit, self._batch.images, maps, baseline=start)
            numbers["completeness_gap"] = gap.part
        heads = COARSE_MAP_HEADS if is_coarse else 1
        if (similarity := self._randomized_similarity(kernel, maps, heads)) is not None:
            numbers["randomized_similarity"] = similarity
        return tuple(
            map_evidence({name: float(of_images[index]) for name, of_images in numbers.items()})
            for index in range(maps.shape[0])
        )

    def _beside_random(self, maps: Maps, *, cells: int) -> dict[str, Scores]:
        """Show and hide ever more of the images, in the maps' order and in random ones."""
        random_areas = self._areas.of_random_maps(cells)
        areas = self._areas.of_maps(self._enlarged(maps)).where(has_order(maps), random_areas)
        return {
            "insertion": areas.insertion,
            "random_insertion": random_areas.insertion,
            "deletion": areas.deletion,
            "random_deletion": random_areas.deletion,
        }

    def _score_drop(self, maps: Maps) -> Scores:
        """Show only what the maps mark."""
        batch = self._batch
        drop = average_drop(
            batch.score("probability"),
            batch.images,
            self._enlarged(maps),
            baseline=batch.baseline("black"),
        )
        # The probability of one class less that of another has no part that can be lost.
        return tf.where(batch.versus < 0, drop.part, math.nan)

    def _enlarged(self, maps: Maps) -> Maps:
        """Bring maps to the images' size, as they are drawn."""
        size = self._batch.images.shape[1:3]
        return tf.image.resize(maps[..., tf.newaxis], size)[..., 0]

    def _noise_stability(self, kernel: Explain, maps: Maps) -> Scores:
        """Compare with the maps of noisy copies."""
        batch = self._batch

        def explain(noisy: Images) -> Maps:
            pixels = tf.saturate_cast(tf.round(noisy), tf.uint8)
            return batch.explained_by(kernel, pixels, batch.track)

        return stability(
            explain,
            tf.cast(batch.pixels, tf.float32),
            maps,
            noise=NOISE,
            copies=NOISY_COPIES,
            seed=batch.seed,
            track=batch.track,
        )

    def _randomized_similarity(self, kernel: Explain, maps: Maps, heads: int) -> Scores | None:
        """Compare with the maps of the same network with other last weights."""
        batch, similarities = self._batch, []
        for draw in batch.track(range(heads)):
            head = randomized_head(batch.passes.classifier, seed=batch.seed + draw)
            if head is None:
                return None
            with head.in_place():
                other = batch.explained_by(kernel, batch.pixels, head.tracked(batch.track))
            similarities.append(rank_correlation(maps, other))
        return tf.add_n(similarities) / heads

    def _promised_start(self, order: ExplanationOrder) -> Images | None:
        """Give the images over whose score the contributions have to add up, where they do."""
        match order.method:
            case "integrated-gradients" | "guided-ig":
                return self._batch.baseline(str(order.parameters["baseline"]))
            case "blur-ig":
                sigma_pixels = float(str(order.parameters["sigma_max"]))
                return gaussian_blurs(self._batch.images, np.array([sigma_pixels]))[0]
        return None


def has_order(maps: Maps) -> Bool[tf.Tensor, " B"]:
    """Tell which maps [B, h, w] value any place more than another."""
    return tf.reduce_max(maps, (1, 2)) > tf.reduce_min(maps, (1, 2))


def map_evidence(numbers: dict[str, float]) -> MapEvidence:
    """Weigh what was measured of one map; what is no number counts as not measured."""
    finite = {name: number for name, number in numbers.items() if math.isfinite(number)}
    evidence = Evidence(**finite)
    weighed = verdict(evidence)
    return MapEvidence(
        verdict=weighed.word,
        reasons=tuple(EvidenceReason(**vars(reason)) for reason in weighed.reasons),
        **asdict(evidence),
    )
