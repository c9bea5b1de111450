"""Having methods compete over an image, within a time: the map with the best evidence wins."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from api_schemas.auto import CANDIDATES, AutoParameters, Choice, MethodLeftOut, RankedMethod
from api_schemas.evidence import MapEvidence
from api_schemas.explanations import ExplanationOrder
from api_schemas.methods import METHODS
from core.errors import CoreError, MethodUnsupportedError
from core.progress import Step, Track
from core.score import top_targets
from core.shapes import ClassIndices, Maps, Pixels
from workers.evidence import MapMeasuring
from workers.explained import Explain, Explained
from workers.measured_batch import MeasuredBatch
from workers.model_pool import HostedModel

VERDICTS = ("supported", "mixed", "untested", "unsupported")
"""Best first."""


class BudgetSpentError(Exception):
    """The time that the methods have together is over."""


class Budget:
    """A time for all methods; from when it is binding, it ends what goes on after it."""

    def __init__(self, seconds: float, track: Track) -> None:
        self._ends_at = time.monotonic() + seconds
        self._track = track
        self.is_binding = False

    def track(self, steps: Sequence[Step], /) -> Iterable[Step]:
        """Go through steps as long as there is time for the next one."""
        for step in self._track(steps):
            self.check()
            yield step

    def check(self) -> None:
        """Notice the end of the time.

        Raises:
            BudgetSpentError: it is over.
        """
        if self.is_binding and time.monotonic() > self._ends_at:
            raise BudgetSpentError


@dataclass(frozen=True)
class Entry:
    """A method that was finished."""

    ranked: RankedMethod
    maps: Maps
    """[1, h, w]."""

    @property
    def rank_key(self) -> tuple[int, float]:
        """The lower the better: the verdict first, then the lead over random maps."""
        evidence = self.ranked
        lead = _lead(evidence.insertion, evidence.random_insertion)
        lead -= _lead(evidence.deletion, evidence.random_deletion)
        return VERDICTS.index(evidence.verdict), -lead


def explain_with_best(
    model: HostedModel, order: ExplanationOrder, *, max_images: int
) -> Explain:
    """Make the function that has the methods compete over one image.

    Raises:
        CoreError: the order is wrong for this model.
    """
    parameters = AutoParameters.model_validate(order.parameters)

    def explain(
        pixels: Pixels, requested: ClassIndices, versus: ClassIndices, track: Track
    ) -> Explained:
        budget = Budget(parameters.budget_seconds, track)
        logits = model.passes.predict(pixels)[1]
        targets = top_targets(logits, requested)
        batch = MeasuredBatch(
            passes=model.passes,
            pixels=pixels,
            targets=targets,
            versus=versus,
            seed=order.seed,
            max_images=max_images,
            track=budget.track,
        )
        entries, left_out = compete(model, order, batch, budget)
        best = entries[0]
        choice = Choice(
            chosen=best.ranked.method,
            ranking=tuple(entry.ranked for entry in entries),
            left_out=tuple(left_out),
        )
        evidence = best.ranked.model_dump(include=set(MapEvidence.model_fields))
        return Explained(
            logits=logits,
            targets=targets,
            maps=best.maps,
            evidence=(MapEvidence.model_validate(evidence),),
            choice=choice,
            consensus=consensus([entry.maps for entry in entries], pixels),
        )

    return explain


def compete(
    model: HostedModel, order: ExplanationOrder, batch: MeasuredBatch, budget: Budget
) -> tuple[list[Entry], list[MethodLeftOut]]:
    """Explain one image by every method that there is time for, and rank the maps.

    Raises:
        MethodUnsupportedError: the model supports none of the methods.
    """
    measuring = MapMeasuring(batch)
    entries: list[Entry] = []
    left_out: list[MethodLeftOut] = []
    for name in CANDIDATES:
        started_at = time.monotonic()
        try:
            budget.check()
            candidate = candidate_order(order, name)
            kernel = model.kernel(candidate, max_images=batch.max_images)
            maps = batch.explained_by(kernel, batch.pixels, batch.track)
            evidence = measuring.evidence(candidate, kernel, maps)[0]
        except BudgetSpentError:
            left_out.append(MethodLeftOut(method=name, reason="the time was over"))
            continue
        except CoreError as refusal:
            left_out.append(MethodLeftOut(method=name, reason=str(refusal)))
            continue
        seconds = time.monotonic() - started_at
        ranked = RankedMethod(method=name, seconds=seconds, **dict(evidence))
        entries.append(Entry(ranked, maps))
        budget.is_binding = True
    if not entries:
        raise MethodUnsupportedError("auto", "; ".join(one.reason for one in left_out))
    return sorted(entries, key=lambda entry: entry.rank_key), left_out


def candidate_order(order: ExplanationOrder, name: str) -> ExplanationOrder:
    """Order one of the methods, with its own defaults; none draws anything at random."""
    method = METHODS[name]
    return order.model_copy(
        update={
            "method": name,
            "layer": order.layer if method.uses_layer else None,
            "parameters": method.parameters().model_dump(mode="json"),
            "seed": 0,
            "evidence": False,
        }
    )


def consensus(maps: Sequence[Maps], pixels: Pixels) -> Maps:
    """Average the maps of one image, each pixel by its rank among those of its map.

    Args:
        maps: [1, h, w] each, of different sizes.
        pixels: [1, H, W, 3], for their size.

    Returns:
        [1, H, W] float32 in 0..1: 1 where every map has its largest value, 0 where none has a
        positive one.
    """
    return tf.reduce_mean([positive_ranks(one, pixels) for one in maps], axis=0)[tf.newaxis]


def positive_ranks(maps: Maps, pixels: Pixels) -> NDArray[np.float32]:
    """Give each pixel [H, W] the part of the pixels whose value is at most its own."""
    enlarged = tf.image.resize(maps[..., tf.newaxis], pixels.shape[1:3])[0, ..., 0].numpy()
    _, places, counts = np.unique(enlarged, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) / enlarged.size)[places].reshape(enlarged.shape)
    return np.where(enlarged > 0.0, ranks, 0.0).astype(np.float32)


def _lead(area: float | None, random_area: float | None) -> float:
    return 0.0 if area is None or random_area is None else area - random_area
