"""Bringing a layout to the unit square, whatever its outliers.

Source: `normalize_layout` of the notebook "activation-atlas-simple" of Carter et al.,
"Activation Atlas" (2019): percentiles 1 and 99, a margin of 0.1 of what is between them.
Departure: both margins are taken from the span between the percentiles; theirs widens the
upper one by a tenth of the already widened span.
"""

import numpy as np
from jaxtyping import Float

Layout = Float[np.ndarray, "N dimensions"]


def normalize_layout(
    layout: Layout, *, low_percentile: float, high_percentile: float, margin: float
) -> Layout:
    """Scale each axis to 0..1 by percentiles and pull what is beyond them to the border.

    Args:
        layout: [N, dimensions] of finite numbers, at least one row.
        low_percentile: of each axis, 0 to 100.
        high_percentile: above the low one.
        margin: kept beyond both percentiles, as a part of the span between them.

    Returns:
        [N, dimensions] float32. Every axis has a 0 and a 1; one without any extent is 0.5. The
        order along an axis never turns round.
    """
    low, high = np.percentile(
        layout.astype(np.float64), [low_percentile, high_percentile], axis=0
    )
    room = margin * (high - low)
    clipped = np.clip(layout.astype(np.float64), low - room, high + room)
    least, extent = clipped.min(axis=0), np.ptp(clipped, axis=0)
    has_extent = extent > 0
    scaled = (clipped - least) / np.where(has_extent, extent, 1.0)
    return np.where(has_extent, np.clip(scaled, 0.0, 1.0), 0.5).astype(np.float32)
