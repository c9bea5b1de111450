"""Who may use the device: requests first, for which somebody waits; jobs in between."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE_SECONDS = 1.0
"""A job that has waited so long gets the next turn: under a steady load it goes on, slowly."""


class DeviceTurns:
    """One device, shared by the thread of requests and the threads of jobs."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._owner: int | None = None
        self._urgent = 0
        self._overdue = 0
        self.request_seconds = self.job_seconds = 0.0
        """That the device was used so far; added to by whoever gives it back."""
        self._since, self._is_for_request = 0.0, False

    @contextmanager
    def urgent(self) -> Iterator[None]:
        """Use the device next, for a request; may be nested within one thread."""
        if self._owner == threading.get_ident():
            yield
            return
        with self._changed:
            self._urgent += 1
            self._changed.wait_for(lambda: self._owner is None and not self._overdue)
            self._urgent -= 1
            self._take(is_for_request=True)
        try:
            yield
        finally:
            self._release()

    @contextmanager
    def patient(self) -> Iterator[None]:
        """Use the device when no request wants it, for a slice of a job."""
        self._take_patiently()
        _of_this_thread.turns = self
        try:
            yield
        finally:
            _of_this_thread.turns = None
            self._release()

    @contextmanager
    def without(self) -> Iterator[None]:
        """Within a patient turn, leave the device to requests for a while."""
        self._release()
        try:
            yield
        finally:
            self._take_patiently()

    def give_way(self) -> None:
        """Within a patient turn, let requests that wait go first, and go on after them."""
        if self._urgent:
            self._release()
            self._take_patiently()

    def _take_patiently(self) -> None:
        """Wait until no request wants the device, or for as long as patience lasts."""
        with self._changed:
            is_free = self._changed.wait_for(
                lambda: self._owner is None and not self._urgent, PATIENCE_SECONDS
            )
            if not is_free:
                self._overdue += 1
                self._changed.wait_for(lambda: self._owner is None)
                self._overdue -= 1
            self._take(is_for_request=False)

    def _take(self, *, is_for_request: bool) -> None:
        """Have the device from now on; for who holds the lock."""
        self._owner = threading.get_ident()
        self._since, self._is_for_request = time.monotonic(), is_for_request

    def _release(self) -> None:
        with self._changed:
            spent = time.monotonic() - self._since
            if self._is_for_request:
                self.request_seconds += spent
            else:
                self.job_seconds += spent
            self._owner = None
            self._changed.notify_all()


class _OfThread(threading.local):
    """What each thread knows for itself."""

    turns: DeviceTurns | None = None
    """Where it has the device for a job."""


_of_this_thread = _OfThread()


@contextmanager
def aside() -> Iterator[None]:
    """Give the device back for what needs none, if this thread has it for a job."""
    turns = _of_this_thread.turns
    if turns is None:
        yield
        return
    with turns.without():
        yield
