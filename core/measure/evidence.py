"""All that was measured of one map, for the verdict and for the answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """Numbers of one map; none where something was not measured."""

    insertion: float | None = None
    """Area under the insertion curve, of probabilities."""
    random_insertion: float | None = None
    """The same for a map that knows nothing."""
    deletion: float | None = None
    """Area under the deletion curve, of probabilities."""
    random_deletion: float | None = None
    """The same for a map that knows nothing."""
    score_drop: float | None = None
    """Part of the probability that is lost where only what the map marks is seen."""
    completeness_gap: float | None = None
    """Part of the score that the contributions leave open; for methods that promise none."""
    noise_stability: float | None = None
    """Rank correlation with the maps of noisy copies."""
    randomized_similarity: float | None = None
    """Rank correlation with the map of the same network with its last weights drawn anew."""
