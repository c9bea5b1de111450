"""How this worker is: its memory, what it has computed, and for whom."""

import psutil
import tensorflow as tf

from messaging.vitals import Vitals
from workers.device_turns import DeviceTurns


class VitalSigns:
    """Counts what one worker computes; read from another thread than it is counted in."""

    def __init__(self, turns: DeviceTurns) -> None:
        self._turns = turns
        self._process = psutil.Process()
        self._batches = 0
        self._images = 0

    def count_batch(self, images: int) -> None:
        """Count a batch that was computed; one thread does."""
        self._batches += 1
        self._images += images

    def read(self, *, held_requests: int) -> Vitals:
        """Give what is true now."""
        return Vitals(
            resident_bytes=self._process.memory_info().rss,
            device_bytes=device_bytes(),
            held_requests=held_requests,
            batches=self._batches,
            images=self._images,
            request_seconds=self._turns.request_seconds,
            job_seconds=self._turns.job_seconds,
        )


def device_bytes() -> int:
    """Sum up what tensors take of the GPUs that TensorFlow has opened."""
    return sum(
        int(tf.config.experimental.get_memory_info(f"GPU:{index}")["current"])
        for index, _ in enumerate(tf.config.list_logical_devices("GPU"))
    )
