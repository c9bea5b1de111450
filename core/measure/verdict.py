"""From measurements to a plain word: may this map be believed, and why (not)?

The limits are conventions, not theorems: each says which behaviour would make a careful reader
stop and ask. They are here, in one place, and every reason carries its numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from core.measure.evidence import Evidence

Word = Literal["supported", "mixed", "unsupported", "untested"]

AREA_MARGIN = 0.02
"""By how much an area under a curve of probabilities has to be better than a random map's."""
LARGEST_DROP = 0.5
"""Of the probability: what the map marks has to keep the other half."""
LARGEST_GAP = 0.05
"""Of the score: the rule's error of a careful integral is a tenth of that."""
LEAST_STABILITY = 0.5
LARGEST_RANDOMIZED_SIMILARITY = 0.5
"""Of a map with that of a network whose last weights are random: half is more than chance."""


@dataclass(frozen=True)
class Reason:
    """One observation about a map."""

    code: str
    """Stable, in snake_case."""
    speaks_for: bool
    """Whether it makes the map more credible."""
    is_decisive: bool
    """Whether the map explains nothing if it speaks against it."""
    detail: str
    """The numbers, in a sentence."""


@dataclass(frozen=True)
class Verdict:
    """What the measurements come to."""

    word: Word
    """"unsupported" if a decisive reason speaks against the map, "mixed" if another does,
    "untested" if nothing was measured."""
    reasons: tuple[Reason, ...]


def verdict(evidence: Evidence) -> Verdict:
    """Weigh what was measured of one map."""
    reasons = tuple(_reasons(evidence))
    against = [reason for reason in reasons if not reason.speaks_for]
    if not reasons:
        return Verdict("untested", reasons)
    if any(reason.is_decisive for reason in against):
        return Verdict("unsupported", reasons)
    return Verdict("mixed" if against else "supported", reasons)


def _reasons(evidence: Evidence) -> Iterator[Reason]:
    """Go through what was measured, the most telling first."""
    if (similarity := evidence.randomized_similarity) is not None:
        depends = abs(similarity) <= LARGEST_RANDOMIZED_SIMILARITY
        yield Reason(
            "depends_on_the_weights" if depends else "ignores_the_weights",
            speaks_for=depends,
            is_decisive=True,
            detail=f"the map correlates by {similarity:.2f} with that of random last weights",
        )
    yield from _reasons_beside_random(evidence)
    if (drop := evidence.score_drop) is not None:
        keeps = drop <= LARGEST_DROP
        yield Reason(
            "marked_part_keeps_the_score" if keeps else "marked_part_loses_the_score",
            speaks_for=keeps,
            is_decisive=False,
            detail=f"where only the marked part is seen, {drop:.0%} of the probability is lost",
        )
    if (gap := evidence.completeness_gap) is not None:
        is_closed = gap <= LARGEST_GAP
        yield Reason(
            "adds_up_to_the_score" if is_closed else "does_not_add_up_to_the_score",
            speaks_for=is_closed,
            is_decisive=False,
            detail=f"the contributions leave {gap:.1%} of the score open",
        )
    if (correlation := evidence.noise_stability) is not None:
        is_stable = correlation >= LEAST_STABILITY
        yield Reason(
            "stable_under_noise" if is_stable else "unstable_under_noise",
            speaks_for=is_stable,
            is_decisive=False,
            detail=f"with noise that is not seen the map correlates by {correlation:.2f}",
        )


def _reasons_beside_random(evidence: Evidence) -> Iterator[Reason]:
    """Compare with a random map; decisive if none of what was measured is better than that."""
    leads: dict[str, tuple[float, float, float]] = {}
    if evidence.insertion is not None and evidence.random_insertion is not None:
        lead = evidence.insertion - evidence.random_insertion
        leads["insertion"] = lead, evidence.insertion, evidence.random_insertion
    if evidence.deletion is not None and evidence.random_deletion is not None:
        lead = evidence.random_deletion - evidence.deletion
        leads["deletion"] = lead, evidence.deletion, evidence.random_deletion
    is_never_better = all(lead < AREA_MARGIN for lead, _, _ in leads.values())
    for name, (lead, area, random_area) in leads.items():
        is_better = lead >= AREA_MARGIN
        yield Reason(
            f"{name}_better_than_random" if is_better else f"{name}_like_random",
            speaks_for=is_better,
            is_decisive=is_never_better,
            detail=f"{name}: area {area:.3f}, a random map's is {random_area:.3f}",
        )
