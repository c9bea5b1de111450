"""How many images a front decodes at once: those beyond are refused before it works on them.

A queue's bound alone counts a request when it is decoded. Where more come than can be answered,
decoding those that are then refused would keep the accepted ones waiting.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from messaging.errors import QueueFullError


class DecodingRoom:
    """Room for the images that are being decoded; for the thread of one event loop."""

    def __init__(self, most: int) -> None:
        """Allow so many images at once, and always those of one request."""
        self._most = most
        self._taken = 0

    @contextmanager
    def taken(self, images: int, *, model: str) -> Iterator[None]:
        """Take room for the images of a request until the block ends.

        Raises:
            QueueFullError: there is none.
        """
        if self._taken and self._taken + images > self._most:
            raise QueueFullError(model, self._most)
        self._taken += images
        try:
            yield
        finally:
            self._taken -= images
