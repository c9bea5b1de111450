"""Handing work out through BullMQ: the beginning of a stage, or its tasks side by side."""

from collections.abc import Sequence
from typing import Any

import redis.asyncio
from bullmq import FlowProducer, Queue

from messaging.connection import OPTIONS
from messaging.jobs.keys import BULL_PREFIX, model_queue
from messaging.jobs.message import JobMessage
from messaging.tracing.spans import carried, span

REPLY_SECONDS = 5.0
"""A command unanswered for so long counts as a broken connection."""

BULL_OPTIONS: dict[str, Any] = {
    # Whoever fails is tried again soon, then later; crashes are counted apart.
    "attempts": 3,
    "backoff": {"type": "exponential", "delay": 1000},
    "removeOnComplete": {"age": 3600},
    "removeOnFail": {"age": 86_400},
}


def bull_connection(url: str) -> redis.asyncio.Redis:
    """Open a connection as BullMQ wants it: text, not bytes."""
    options = OPTIONS | {"decode_responses": True, "socket_timeout": REPLY_SECONDS}
    return redis.asyncio.Redis.from_url(url, **options)


SCORES_PER_MS = 0x1000
"""BullMQ keeps when a delayed piece is due as ms times this, to tell those of one ms apart."""


class Dispatch:
    """Adds pieces of work to the queues of the workers that can do them."""

    def __init__(self, connection: redis.asyncio.Redis) -> None:
        """Take a connection made by `bull_connection`; it stays the caller's to close."""
        self._connection = connection
        self._options = {"connection": connection, "prefix": BULL_PREFIX}
        self._queues: dict[str, Queue] = {}
        self._flows = FlowProducer(self._options)

    async def begin_job(self, job: str, model: str, *, run: int) -> None:
        """Have a worker begin a job; a run that was handed out before is not again."""
        about = {"vitrine.job": job, "vitrine.model": model}
        with span("submit", kind="producer", attributes=about):
            message = JobMessage(job, model, run, 0, None, trace=carried())
            await self.begin_stage(message, queue=model_queue(model))

    async def begin_stage(self, message: JobMessage, *, queue: str) -> None:
        """Have a worker begin a stage; a stage that was handed out before is not again."""
        await self._queue(queue).add(
            "stage", message.as_json(), BULL_OPTIONS | {"jobId": message.bull_id}
        )

    async def fan_out(
        self, tasks: Sequence[JobMessage], *, queue: str, then: JobMessage, then_queue: str
    ) -> None:
        """Hand out the tasks of a stage; once all are done, the next stage begins.

        Args:
            tasks: of one stage, at least one.
            queue: of the tasks.
            then: the beginning of the next stage.
            then_queue: of that.
        """
        children = [
            {
                "name": "task",
                "queueName": queue,
                "data": task.as_json(),
                "opts": BULL_OPTIONS | {"jobId": task.bull_id, "failParentOnFailure": True},
            }
            for task in tasks
        ]
        await self._flows.add(
            {
                "name": "stage",
                "queueName": then_queue,
                "data": then.as_json(),
                "opts": BULL_OPTIONS | {"jobId": then.bull_id},
                "children": children,
            }
        )

    async def states(self, message: JobMessage, queues: Sequence[str]) -> list[str]:
        """Say how a piece of work stands with BullMQ in each queue; `unknown` where not."""
        return [await self._queue(queue).getJobState(message.bull_id) for queue in queues]

    async def promote_stranded(self, queue: str, *, due_after_ms: int) -> bool:
        """Have all that is delayed begin now, if some of it is due only after a time.

        Those that are delayed rightly begin a little too soon with it, which harms nothing.

        Args:
            queue: to look into.
            due_after_ms: by Redis' clock, beyond all delays that we ask for.

        Returns:
            Whether something was.
        """
        key = f"{BULL_PREFIX}:{queue}:delayed"
        if not await self._connection.zcount(key, due_after_ms * SCORES_PER_MS, "+inf"):
            return False
        await self._queue(queue).promoteJobs()
        return True

    def _queue(self, name: str) -> Queue:
        if name not in self._queues:
            self._queues[name] = Queue(name, self._options)
        return self._queues[name]
