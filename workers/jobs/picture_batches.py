"""How a job's objectives are divided into batches, each of which is one compiled step."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from workers.jobs.wanted import Wanted

PIXELS_PER_STEP = 160_000
"""Seen by the network in one step: about 50 ms on two cores, for a network like MobileNet. Nine
pictures of 128 x 128, or three of 224 x 224."""


@dataclass(frozen=True)
class PictureBatch:
    """Objectives that are optimized together."""

    places: tuple[int, ...]
    """Of the objectives in the job."""
    wanted: tuple[Wanted, ...]
    """The objectives; the last ones may repeat the last place to fill the batch."""


def divided(wanted: Sequence[Wanted], *, pixels_each: int) -> list[PictureBatch]:
    """Divide objectives into batches of equal sizes.

    Objectives share a batch if they seek the same kind of thing in the same layers, so that no
    picture pays for a deeper layer than its own. Batches of one kind have one size, so that one
    compiled step serves them all; where they do not come out even, the last objective is
    optimized twice.

    Args:
        wanted: a job's objectives.
        pixels_each: pixels that the network sees in one step for one objective.
    """
    largest = max(1, PIXELS_PER_STEP // pixels_each)
    order = sorted(range(len(wanted)), key=lambda place: repr(wanted[place].aims))
    batches = []
    for _, group in groupby(order, key=lambda place: wanted[place].aims):
        places = list(group)
        size = ceil(len(places) / ceil(len(places) / largest))
        for start in range(0, len(places), size):
            chosen = places[start : start + size]
            filled = chosen + chosen[-1:] * (size - len(chosen))
            batches.append(PictureBatch(tuple(chosen), tuple(wanted[p] for p in filled)))
    return batches
