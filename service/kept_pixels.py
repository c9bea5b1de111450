"""How many pixels wait in memory for a worker; images beyond are decoded anew when drawn."""

import threading
import weakref
from collections import deque

from core.images.pixels import RgbPixels

MAX_KEPT_PIXELS = 100_000_000
"""Of a front process, 3 bytes each: eight photographs of a telephone, or hundreds of pictures
from web pages. One file of a few kB may hold half as many, and one request 32 such files."""


class KeptPixels:
    """Counts the pixels of images for as long as anybody holds them; safe between threads."""

    def __init__(self, *, max_pixels: int) -> None:
        self._room = max_pixels
        self._lock = threading.Lock()
        # Filled when arrays are freed: in any thread, even one that holds the lock.
        self._let_go: deque[int] = deque()

    def keep(self, pixels: RgbPixels) -> bool:
        """Count an image [H, W, 3] until it is freed; false, and not counted, without room."""
        count = pixels.shape[0] * pixels.shape[1]
        with self._lock:
            while self._let_go:
                self._room += self._let_go.popleft()
            if count > self._room:
                return False
            self._room -= count
        weakref.finalize(pixels, self._let_go.append, count).atexit = False
        return True
