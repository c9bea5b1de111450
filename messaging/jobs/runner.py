"""Taking pieces of work from BullMQ: leases, takeovers, hand-backs, and the end of killers.

BullMQ leases a piece to one worker at a time. The lease is renewed from the event loop of the
runner's thread, so that work in other threads may take as long as it likes; a worker that died
does not renew it, and its piece is handed out again.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from bullmq import Job, Worker
from bullmq.abort_controller import AbortSignal
from bullmq.custom_errors import DelayedError

from messaging.jobs.dispatch import Dispatch, bull_connection
from messaging.jobs.keys import BULL_PREFIX, SWEEP_SECONDS
from messaging.jobs.message import JobMessage, read_message
from messaging.jobs.outcomes import Done, FanOut, HandedBack, NextStage, Outcome
from messaging.jobs.sweep import Sweep

WORKER_OPTIONS: dict[str, Any] = {
    "prefix": BULL_PREFIX,
    "concurrency": 1,
    # From SIGKILL to the restart of a job: at most a lease and two looks, 25 s.
    "lockDuration": 15_000,
    "stalledInterval": 5_000,
    # The third crash is the last.
    "maxStalledCount": 2,
    # A Redis that was away is looked for every second.
    "runRetryDelay": 1_000,
}

LOOK_SECONDS = 0.1
"""How soon the wish to stop is noticed."""

BEGIN_SECONDS = 30.0
"""BullMQ's workers greet Redis before they begin, which takes a while on a busy machine."""

CarryOut = Callable[[JobMessage, threading.Event], Outcome]
"""Does a piece of work, in a thread; the event is set once the lease is lost."""

TellKilled = Callable[[JobMessage, str], None]
"""Called with a piece of work that was given up, and BullMQ's reason; in a thread."""

log = structlog.get_logger()


class JobRunner:
    """Has pieces of work carried out, one at a time of each queue, in a thread of its own."""

    def __init__(
        self,
        url: str,
        *,
        queues: Sequence[str],
        carry_out: CarryOut,
        when_given_up: TellKilled,
        sweep: Sweep,
    ) -> None:
        self._url = url
        self._queues = tuple(queues)
        self._carry_out = carry_out
        self._when_given_up = when_given_up
        self._sweep = sweep
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin to take work."""
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether work is still taken; false after `stop`, and if the runner broke."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Take nothing more; what is under way has to notice by itself."""
        self._stopping.set()

    def join(self, seconds: float) -> None:
        """Wait until what was under way has ended."""
        self._thread.join(seconds)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        """Run BullMQ's workers until told to stop, or until one of them has broken."""
        connection = bull_connection(self._url)
        dispatch = Dispatch(connection)
        with ThreadPoolExecutor(len(self._queues) + 1, "job") as pool:
            workers = [self._worker(queue, dispatch, pool) for queue in self._queues]
            sweeping = asyncio.create_task(self._sweep_on(dispatch, pool))
            try:
                await self._watch(workers)
                if not self._stopping.is_set():
                    log.error("the job lane broke; the worker ends")
            finally:
                sweeping.cancel()
                await asyncio.gather(*(worker.close() for worker in workers))
                await asyncio.gather(sweeping, return_exceptions=True)
                await connection.aclose()

    async def _watch(self, workers: Sequence[Worker]) -> None:
        """Wait until told to stop, or one of them has broken, or not begun in time."""
        begun_by = time.monotonic() + BEGIN_SECONDS
        begun: set[Worker] = set()
        while not self._stopping.is_set():
            begun |= {worker for worker in workers if worker.running}
            watched = begun if time.monotonic() < begun_by else workers
            if not all(worker.running for worker in watched):
                return
            await asyncio.sleep(LOOK_SECONDS)

    def _worker(self, queue: str, dispatch: Dispatch, pool: ThreadPoolExecutor) -> Worker:
        """Take the work of one queue."""

        async def process(job: Job, token: str, signal: AbortSignal) -> None:
            message = read_message(job.data)
            lost = threading.Event()
            watching = asyncio.create_task(signal.wait())
            watching.add_done_callback(lambda task: None if task.cancelled() else lost.set())
            loop = asyncio.get_running_loop()
            try:
                outcome = await loop.run_in_executor(pool, self._carry_out, message, lost)
            finally:
                watching.cancel()
            await _follow(outcome, dispatch, job, token)

        def lose(ids: Sequence[str]) -> None:
            log.warning("leases are lost", jobs=list(ids))
            for job in ids:
                worker.cancelJob(job, "the lease is lost")

        def fail(job: Job, error: Exception) -> None:
            has_more_tries = job.attemptsMade < job.opts.get("attempts", 1)
            if job.deferredFailure or not has_more_tries:
                pool.submit(self._when_given_up, read_message(job.data), str(error))

        worker = Worker(queue, process, WORKER_OPTIONS | {"connection": self._url})
        worker.on("error", _note)
        worker.on("failed", fail)
        worker.on("lockRenewalFailed", lose)
        return worker

    async def _sweep_on(self, dispatch: Dispatch, pool: ThreadPoolExecutor) -> None:
        """Look after lost and expired jobs, now and then; whatever fails is tried again."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                await self._sweep.once(dispatch, pool)
            except Exception:
                log.exception("the sweep of jobs failed")


async def _follow(outcome: Outcome, dispatch: Dispatch, job: Job, token: str) -> None:
    """Hand out what follows from a piece of work.

    Raises:
        DelayedError: BullMQ's own word for a piece that was handed back.
    """
    match outcome:
        case HandedBack():
            await job.moveToDelayed(round(time.time() * 1000), token)
            raise DelayedError
        case NextStage(message=next_one, queue=queue):
            await dispatch.begin_stage(next_one, queue=queue)
        case FanOut(tasks=tasks, queue=queue, then=then, then_queue=then_queue):
            await dispatch.fan_out(tasks, queue=queue, then=then, then_queue=then_queue)
        case Done():
            pass


def _note(error: Exception, *_: object) -> None:
    """Log what BullMQ complains of; a listener that raised would stop its timers."""
    log.warning("job lane", error=str(error))
