"""Maps come in score units; pictures need a fixed range."""

import numpy as np
from numpy.typing import NDArray

from core.render.maps import Polarity, RawMap, ScaledMap

FiniteMap = NDArray[np.float64]
"""[h, w] float64 without NaN and infinite values."""


def normalize_map(raw_map: RawMap, *, polarity: Polarity, clip_percentile: float) -> ScaledMap:
    """Scale a map to 0..1, or around zero to -1..1 if it shows both polarities.

    Args:
        raw_map: [h, w] float32, what `keep_polarity` kept. A NaN counts as zero, an infinite
            value as the largest or smallest finite one.
        polarity: the same as was kept. For "both" zero stays zero, and the strongest evidence
            of either sign is 1 or -1; otherwise the smallest value becomes 0.
        clip_percentile: in 0..100; values beyond this percentile of the map (of its magnitudes,
            for "both") count as if they were at it. 100 clips nothing.

    Returns:
        [h, w] float32 in 0..1 or -1..1, always finite. All zero where nothing stands out: of a
        zero map, and of a constant one unless both polarities are shown.
    """
    finite = _finite(raw_map)
    low, high = _range_of(finite, polarity=polarity, clip_percentile=clip_percentile)
    if high <= low:
        return np.zeros(raw_map.shape, np.float32)
    lowest = -1.0 if polarity == "both" else 0.0
    return np.clip((finite - low) / (high - low), lowest, 1.0).astype(np.float32)


def drawn_range(
    raw_map: RawMap, *, polarity: Polarity, clip_percentile: float
) -> tuple[float, float]:
    """Tell which values become 0 and 1; for both polarities, the first of them is zero.

    Args:
        raw_map: as for `normalize_map`.
        polarity: as for `normalize_map`.
        clip_percentile: as for `normalize_map`.

    Returns:
        The two values; equal where nothing stands out.
    """
    return _range_of(_finite(raw_map), polarity=polarity, clip_percentile=clip_percentile)


def _range_of(
    finite: FiniteMap, *, polarity: Polarity, clip_percentile: float
) -> tuple[float, float]:
    """Tell the same of a map without anything that is no number."""
    if polarity == "both":
        low, high = 0.0, float(np.percentile(np.abs(finite), clip_percentile))
    else:
        low, high = float(finite.min()), float(np.percentile(finite, clip_percentile))
    if high <= low:
        # So few values stand out that the percentile does not reach them.
        high = float(np.abs(finite).max()) if polarity == "both" else float(finite.max())
    return low, high


def _finite(raw_map: RawMap) -> FiniteMap:
    """Replace what is no number; in double precision, in which no difference overflows."""
    values = raw_map.astype(np.float64)
    is_known = np.isfinite(values)
    if is_known.all():
        return values
    known = values[is_known]
    if not known.size:
        return np.zeros_like(values)
    return np.nan_to_num(values, nan=0.0, posinf=float(known.max()), neginf=float(known.min()))
