"""One kind of requests, quick or long: received in a thread, held, answered."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import structlog
from redis.exceptions import RedisError

from messaging.inbox import Delivery, Inbox
from messaging.wire import Reply
from workers.held import HeldRequests

WAIT_SECONDS = 0.2
"""How soon a thread that waits notices that the worker is to stop."""

RECOVERY_SECONDS = 0.01
"""Between looks whether a request that was taken over is answered and the next may come."""

RECONNECT_SECONDS = 0.3
"""Between attempts to reach a Redis that is away."""

log = structlog.get_logger()


class Lane:
    """Takes requests while there is room for them, and tells Redis what became of them."""

    def __init__(self, inbox: Inbox, held: HeldRequests, *, stopping: threading.Event) -> None:
        self.inbox = inbox
        self.held = held
        self._stopping = stopping
        self._receiving_ended = threading.Event()
        self._answering = ThreadPoolExecutor(max_workers=1, thread_name_prefix="answer")

    def start(self) -> None:
        """Begin to take requests, in a thread of its own."""
        threading.Thread(target=self._receive, name="receive", daemon=True).start()

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come and nothing is left to answer."""
        return self._receiving_ended.is_set() and not self.held.all()

    def answer(self, batch: Sequence[Delivery], replies: Sequence[Reply]) -> None:
        """Send replies, while the next batch is already being computed."""
        answers = list(zip(batch, replies, strict=True))
        self._answering.submit(self._let_go, batch, lambda _: self.inbox.answer(answers))

    def drop(self, batch: Sequence[Delivery]) -> None:
        """Let go of requests that nobody waits for any longer."""
        self._answering.submit(self._let_go, batch, self.inbox.drop)

    def close(self) -> None:
        """Leave the groups, once every answer is sent."""
        self._answering.shutdown(wait=True)
        self.inbox.close()

    def _let_go(
        self, batch: Sequence[Delivery], finally_do: Callable[[Sequence[Delivery]], None]
    ) -> None:
        """Tell Redis about a finished batch, and stop holding it whatever Redis says."""
        try:
            finally_do(batch)
        except (RedisError, OSError) as error:
            log.warning("answers are lost: redis is away", error=str(error))
        finally:
            self.held.finish(batch)

    def _receive(self) -> None:
        """Take requests until the end; whatever ends this thread ends the worker."""
        try:
            while not self._stopping.is_set():
                try:
                    self._receive_once()
                except (RedisError, OSError) as error:
                    log.warning("cannot take requests", error=str(error))
                    self._stopping.wait(RECONNECT_SECONDS)
                    self._reopen()
        finally:
            self._stopping.set()
            self._receiving_ended.set()

    def _receive_once(self) -> None:
        """Take what there is room for, and a dead worker's requests one after another."""
        if not self.held.has_recovered() and (orphan := self.inbox.take_over()):
            log.warning("took over a request", request=orphan.request.asked_by)
            self.held.put([orphan])
        is_recovering = self.held.has_recovered()
        if room := self.held.wait_for_room(WAIT_SECONDS):
            self.held.put(self.inbox.take(room, is_patient=not is_recovering))
        if is_recovering:
            self._stopping.wait(RECOVERY_SECONDS)

    def _reopen(self) -> None:
        """Make the groups again, if Redis is back and has forgotten them."""
        try:
            self.inbox.open()
        except (RedisError, OSError):
            return
