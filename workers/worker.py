"""The life of a worker: it announces itself, computes what its lanes receive, and leaves."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

import redis
import structlog
from redis.exceptions import RedisError

from api_schemas.models import ModelRecord
from core.progress import Step, Track
from messaging.inbox import Delivery, Inbox
from messaging.registry import announce_end, announce_life, announce_models
from messaging.tracing.spans import span
from messaging.vitals import tell_vitals
from messaging.wire import Reply
from workers.batch_traces import batch_traced
from workers.computing import BatchComputer
from workers.device_turns import DeviceTurns
from workers.held import HeldRequests
from workers.lane import RECONNECT_SECONDS, WAIT_SECONDS, Lane
from workers.refusal_codes import REFUSAL_CODES
from workers.vital_signs import VitalSigns

SIGN_OF_LIFE_SECONDS = 1.0
"""Well under the time after which requests (3 s) and workers (5 s) count as orphaned."""

log = structlog.get_logger()


class DeadlinePassedError(Exception):
    """Nobody waits any longer for what is being computed."""


class Worker:
    """Takes requests for its models until it is told to stop.

    Quick requests (one pass through the network) are gathered into batches. Long ones (many
    passes) are computed one at a time, and let a quick batch go first between two passes.
    """

    def __init__(
        self,
        connection: redis.Redis,
        *,
        worker_id: str,
        records: Sequence[ModelRecord],
        computer: BatchComputer,
        held: HeldRequests,
        turns: DeviceTurns,
        stopping: threading.Event,
        is_well: Callable[[], bool],
    ) -> None:
        """Take the parts.

        Args:
            connection: to the Redis of the requests.
            worker_id: unlike any other worker's.
            records: of the models hosted.
            computer: computes batches.
            held: quick requests in hand.
            turns: at the device, shared with the jobs.
            stopping: set by `stop`; others may wait for it too.
            is_well: whether the rest of the process works; if not, the worker ends.
        """
        self._turns = turns
        self._signs = VitalSigns(turns)
        self._is_well = is_well
        self._connection = connection
        self._worker_id = worker_id
        self._records = records
        self._models = [record.name for record in records]
        self._computer = computer
        self._stopping = stopping
        self._ended = threading.Event()
        quick = Inbox(connection, worker=worker_id, models=self._models)
        long = Inbox(connection, worker=worker_id, models=self._models, is_long=True)
        one_at_a_time = HeldRequests(max_batch_images=1, batch_wait_seconds=0.0)
        self._quick = Lane(quick, held, stopping=self._stopping)
        self._long = Lane(long, one_at_a_time, stopping=self._stopping)
        self._lanes = (self._quick, self._long)

    def stop(self) -> None:
        """Take nothing more; what is in hand is still answered. Safe in a signal handler."""
        self._stopping.set()

    def run(self) -> None:
        """Work until `stop` is called and everything taken is answered."""
        self._announce()
        for lane in self._lanes:
            lane.start()
        life = threading.Thread(target=self._show_life, name="life", daemon=True)
        life.start()
        while not all(lane.is_over for lane in self._lanes):
            # A long request that waits must not wait for quick ones that do not come.
            patience = 0.0 if self._long.held.all() else WAIT_SECONDS
            self._compute_next(self._quick, timeout_seconds=patience)
            self._compute_next(self._long, timeout_seconds=0.0)
        self._ended.set()
        life.join()
        self._leave()

    def _compute_next(self, lane: Lane, *, timeout_seconds: float) -> None:
        """Compute one batch of a lane, if there is one, and have it answered."""
        batch = lane.held.next_batch(timeout_seconds)
        now = time.monotonic()
        expired = [delivery for delivery in batch if delivery.expires_at < now]
        if expired:
            lane.drop(expired)
        current = [delivery for delivery in batch if delivery.expires_at >= now]
        if current:
            with batch_traced(current):
                with self._turns.urgent():
                    replies = self._replies(current)
                self._signs.count_batch(len(current))
                lane.answer(current, replies)
                _tell(current, seconds=time.monotonic() - now)

    def _replies(self, batch: Sequence[Delivery]) -> list[Reply]:
        """Compute a batch; where it fails, each request on its own: a bad one fails alone."""
        try:
            with span("kernel", attributes={"vitrine.images": len(batch)}):
                return self._computer.compute(batch, track=self._track(batch))
        except tuple(REFUSAL_CODES) as refusal:
            code = REFUSAL_CODES[type(refusal)]
            return [_refusal(delivery, code, str(refusal)) for delivery in batch]
        except DeadlinePassedError:
            return [_failure(delivery, "the deadline passed") for delivery in batch]
        except Exception:
            if len(batch) > 1:
                return [reply for delivery in batch for reply in self._replies([delivery])]
            name = batch[0].request.asked_by or batch[0].request.request_id
            log.exception("request failed", request=name)
            detail = f"the worker failed; its log names request {name}"
            return [_failure(batch[0], detail)]

    def _track(self, batch: Sequence[Delivery]) -> Track:
        """Between two passes of a long request, look at the time and let a quick batch go."""
        expires_at = max(delivery.expires_at for delivery in batch)

        def track(steps: Sequence[Step], /) -> Iterable[Step]:
            return self._interrupted(steps, expires_at=expires_at)

        return track

    def _interrupted(self, steps: Sequence[Step], *, expires_at: float) -> Iterator[Step]:
        for step in steps:
            if time.monotonic() > expires_at:
                raise DeadlinePassedError
            self._compute_next(self._quick, timeout_seconds=0.0)
            yield step

    def _show_life(self) -> None:
        """Say every second that this worker lives and is still at what it holds."""
        try:
            while not self._ended.wait(SIGN_OF_LIFE_SECONDS):
                if not self._is_well():
                    self.stop()
                try:
                    self._show_life_once()
                except (RedisError, OSError) as error:
                    log.warning("no sign of life: redis is away", error=str(error))
        finally:
            self.stop()

    def _show_life_once(self) -> None:
        if not self._stopping.is_set():
            announce_models(self._connection, self._records)
            announce_life(self._connection, self._worker_id, self._models)
        for lane in self._lanes:
            lane.inbox.synchronize_clock()
            lane.inbox.renew(lane.held.all())
        held = sum(len(lane.held.all()) for lane in self._lanes)
        tell_vitals(self._connection, self._worker_id, self._signs.read(held_requests=held))

    def _announce(self) -> None:
        """Open the inboxes and tell the fronts which models are here, once Redis is there."""
        while not self._stopping.is_set():
            try:
                for lane in self._lanes:
                    lane.inbox.open()
                    lane.inbox.synchronize_clock()
                    lane.inbox.forget_idle_consumers()
                announce_models(self._connection, self._records)
                announce_life(self._connection, self._worker_id, self._models)
                return
            except (RedisError, OSError) as error:
                log.warning("redis is away", error=str(error))
                self._stopping.wait(RECONNECT_SECONDS)

    def _leave(self) -> None:
        """Take the name off every list."""
        try:
            announce_end(self._connection, self._worker_id)
            for lane in self._lanes:
                lane.close()
        except (RedisError, OSError) as error:
            log.warning("could not take leave: redis is away", error=str(error))


def _tell(batch: Sequence[Delivery], *, seconds: float) -> None:
    """Write a batch's line in the log, by the names that the fronts' logs have."""
    order = batch[0].request.order
    log.info(
        "batch",
        requests=sorted({delivery.request.asked_by for delivery in batch}),
        model=order.model,
        method=order.method or "predict",
        images=len(batch),
        milliseconds=round(seconds * 1e3, 1),
    )


def _refusal(delivery: Delivery, code: str, detail: str) -> Reply:
    return Reply(
        request_id=delivery.request.request_id, status="refused", code=code, detail=detail
    )


def _failure(delivery: Delivery, detail: str) -> Reply:
    return Reply(request_id=delivery.request.request_id, status="failed", detail=detail)
