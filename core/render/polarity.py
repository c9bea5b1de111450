"""Kernels answer signed maps; this picks the evidence that is to be shown."""

import numpy as np

from core.render.maps import Polarity, RawMap


def keep_polarity(raw_map: RawMap, *, polarity: Polarity) -> RawMap:
    """Keep the evidence for the class, the evidence against it, or both.

    Args:
        raw_map: [h, w] float32, signed.
        polarity: "positive" keeps max(0, map): Grad-CAM's ReLU. "negative" keeps max(0, -map).
            "both" keeps the map.

    Returns:
        [h, w] float32; not negative unless both are kept.
    """
    match polarity:
        case "positive":
            return np.maximum(raw_map, 0)
        case "negative":
            return np.maximum(-raw_map, 0)
        case "both":
            return raw_map
