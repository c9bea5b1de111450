"""What an image is once it is decoded: the one type that everything else takes."""

import numpy as np
from numpy.typing import NDArray

RgbPixels = NDArray[np.uint8]
"""[H, W, 3] uint8: rows from the top, columns from the left, red, green and blue."""
