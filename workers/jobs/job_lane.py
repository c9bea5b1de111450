"""The job lane of one worker process, put together from its parts."""

import threading
from collections.abc import Mapping, Sequence

import redis
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

from messaging.connection import OPTIONS
from messaging.jobs.keys import CPU_QUEUE, model_queue
from messaging.jobs.ledger import JobLedger
from messaging.jobs.runner import JobRunner
from messaging.jobs.sweep import Sweep
from storage.job_files import JobFiles
from storage.store import Store
from workers.device_turns import DeviceTurns
from workers.jobs.carrying_out import JobCarrier
from workers.jobs.stages import Stage

REPLY_SECONDS = 5.0
"""A command unanswered for so long counts as a broken connection."""

AWAY_RETRIES = Retry(ExponentialBackoff(cap=1.0, base=0.1), retries=8)
"""A job waits about 6 s for a Redis that is away; then it fails, to be tried again later. No
longer, since a worker that is told to end has 10 s."""


def job_lane(
    url: str,
    kinds: Mapping[str, Sequence[Stage]],
    *,
    models: Sequence[str],
    store: Store,
    turns: DeviceTurns,
    stopping: threading.Event,
) -> JobRunner:
    """Put a job lane together; `start` begins it.

    Args:
        url: of the Redis that keeps the jobs.
        kinds: that this worker carries out.
        models: that it hosts.
        store: of artifacts and checkpoints.
        turns: at the device, shared with the interactive lane.
        stopping: once set, jobs are handed back.
    """
    connection = redis.Redis.from_url(
        url,
        socket_timeout=REPLY_SECONDS,
        retry=AWAY_RETRIES,
        retry_on_error=[RedisConnectionError, RedisTimeoutError],
        **OPTIONS,
    )
    ledger = JobLedger(connection)
    queues = [*(model_queue(model) for model in models), CPU_QUEUE]
    carrier = JobCarrier(kinds, ledger=ledger, store=store, turns=turns, stopping=stopping)
    return JobRunner(
        url,
        queues=queues,
        carry_out=carrier.carry_out,
        when_given_up=carrier.give_up,
        sweep=Sweep(
            ledger,
            queues=queues,
            queues_of=carrier.queues_of,
            delete_files=lambda job: JobFiles(store, job).delete_all(),
        ),
    )
