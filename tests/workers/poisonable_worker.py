"""A worker that one picture kills, as an image that exhausts the memory would.

    python -m tests.workers.poisonable_worker

It is a worker like any other, with the settings of one, until a request holds an image whose
upper left pixel is of the colour POISON.
"""

import os
import signal
import sys
from collections.abc import Sequence

from core.progress import Track
from messaging.inbox import Delivery
from messaging.wire import Reply
from workers import __main__ as process
from workers.computing import BatchComputer

POISON = (255, 0, 255)


class PoisonableComputer(BatchComputer):
    """Computes batches, unless one of them is poisoned."""

    def compute(self, batch: Sequence[Delivery], *, track: Track) -> list[Reply]:
        """Compute, or die."""
        if any(tuple(one.request.pixels[0, 0]) == POISON for one in batch):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().compute(batch, track=track)


if __name__ == "__main__":
    process.BatchComputer = PoisonableComputer
    sys.exit(process.main())
