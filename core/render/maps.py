"""What a map is on its way from a kernel to a picture."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

RawMap = NDArray[np.float32]
"""[h, w] float32 as a kernel gave it: signed, of any scale, as fine as a layer or an image."""

ScaledMap = NDArray[np.float32]
"""[h, w] or [H, W] float32 in 0..1, or in -1..1 around "no evidence" if of both polarities."""

GreyPixels = NDArray[np.uint8]
"""[H, W] uint8."""

Polarity = Literal["positive", "negative", "both"]
"""Which evidence is shown: for the class, against it, or both."""
