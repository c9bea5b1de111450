"""Which colours a map can be drawn in, as tables of 256 colours."""

from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.render.maps import Polarity

ColormapName = Literal[
    "jet", "turbo", "viridis", "inferno", "magma", "plasma", "cividis", "hot", "gray",
    "coolwarm", "RdBu_r", "seismic", "bwr",
]  # fmt: skip
"""Names as in matplotlib."""

DIVERGING = frozenset({"coolwarm", "RdBu_r", "seismic", "bwr"})
"""Colours that run both ways from a pale middle, which stands for zero."""

ColourTable = NDArray[np.uint8]
"""[256, 3] uint8 RGB."""


@cache
def colour_table(colormap: ColormapName) -> ColourTable:
    """Give a colour map's 256 colours, lowest first: [256, 3] uint8 RGB, not to be written to.

    The first call loads matplotlib, 0.2 s; nothing is drawn with it.
    """
    from matplotlib import colormaps

    table = colormaps[colormap](np.arange(256), bytes=True)[:, :3].copy()
    table.setflags(write=False)
    return table


def default_colormap(polarity: Polarity) -> ColormapName:
    """Give `jet`, as in the papers, or diverging colours where both polarities are shown."""
    return "coolwarm" if polarity == "both" else "jet"
