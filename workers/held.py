"""The requests in a worker's hands, shared by the threads that receive, compute and renew."""

import threading
import time
from collections.abc import Sequence

from messaging.inbox import Delivery
from workers.batching import next_batch


class HeldRequests:
    """Requests taken and not yet answered; every method may be called from any thread."""

    def __init__(self, *, max_batch_images: int, batch_wait_seconds: float) -> None:
        self._max_batch_images = max_batch_images
        self._batch_wait_seconds = batch_wait_seconds
        self._changed = threading.Condition()
        self._waiting: list[Delivery] = []
        self._in_work: list[Delivery] = []

    def put(self, deliveries: Sequence[Delivery]) -> None:
        """Add requests that were taken."""
        with self._changed:
            self._waiting.extend(deliveries)
            self._changed.notify_all()

    def wait_for_room(self, timeout_seconds: float) -> int:
        """Wait until more can be taken; one batch is prefetched while another is computed.

        Returns:
            How many requests to take at most; 0 if there is no room yet.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._room() > 0, timeout_seconds)
            return max(0, self._room())

    def next_batch(self, timeout_seconds: float) -> list[Delivery]:
        """Wait for requests and choose the ones to compute together.

        Returns:
            A batch, now in work until `finish`; empty if nothing came.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._waiting, timeout_seconds):
                return []
            self._linger()
            batch = next_batch(self._waiting, max_images=self._max_batch_images)
            chosen = {id(delivery) for delivery in batch}
            self._waiting = [held for held in self._waiting if id(held) not in chosen]
            self._in_work.extend(batch)
            self._changed.notify_all()
            return batch

    def finish(self, batch: Sequence[Delivery]) -> None:
        """Let go of requests that are answered."""
        with self._changed:
            done = {id(delivery) for delivery in batch}
            self._in_work = [held for held in self._in_work if id(held) not in done]
            self._changed.notify_all()

    def all(self) -> list[Delivery]:
        """Give every request in hand, for the renewal of the hold on them."""
        with self._changed:
            return [*self._in_work, *self._waiting]

    def has_recovered(self) -> bool:
        """Whether a request taken over from a dead worker is still in hand."""
        return any(delivery.is_recovered for delivery in self.all())

    def _room(self) -> int:
        return self._max_batch_images - len(self._waiting)

    def _linger(self) -> None:
        """Give a batch that is not full the time that the settings allow it."""
        until = self._waiting[0].taken_at + self._batch_wait_seconds
        while (rest := until - time.monotonic()) > 0:
            batch = next_batch(self._waiting, max_images=self._max_batch_images)
            if len(batch) >= self._max_batch_images:
                return
            self._changed.wait(rest)
