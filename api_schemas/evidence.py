"""What was measured of a map, and what it comes to: the answer's member `evidence`."""

from typing import Literal

from api_schemas.schema import Schema


class EvidenceReason(Schema):
    """One observation about a map."""

    code: str
    """Stable, in snake_case; each has a heading in `docs/evidence.md`."""
    speaks_for: bool
    """Whether it makes the map more credible."""
    is_decisive: bool
    """Whether the map explains nothing if it speaks against it."""
    detail: str
    """The numbers, in a sentence."""


class MapEvidence(Schema):
    """Numbers of one map, and the verdict on it; null where something was not measured."""

    verdict: Literal["supported", "mixed", "unsupported", "untested"]
    """`unsupported` where a decisive reason speaks against the map, `mixed` where another
    does, `untested` where nothing could be measured."""
    reasons: tuple[EvidenceReason, ...]
    """The most telling first."""
    insertion: float | None
    """Area under the probability as the pixels come in, the most valued first; 0 to 1, the
    more the better."""
    random_insertion: float | None
    """The same for maps that know nothing and are as coarse as this one."""
    deletion: float | None
    """Area under the probability as the pixels go, the most valued first; 0 to 1, the less the
    better."""
    random_deletion: float | None
    """The same for maps that know nothing and are as coarse as this one."""
    score_drop: float | None
    """Part of the probability that is lost where only what the map marks is seen; null for
    maps of single pixels, and where a class is held against the target."""
    completeness_gap: float | None
    """Part of the score that the contributions leave open; null for methods that do not
    promise to add up to it."""
    noise_stability: float | None
    """Mean rank correlation with the maps of noisy copies of the image, -1 to 1."""
    randomized_similarity: float | None
    """Mean rank correlation with the maps of the same network with its last weights drawn
    anew, -1 to 1; null where the network shows no such layer."""
