"""Random turmoil: jobs submitted, cancelled, retried, while their workers are killed and ended.

The processes and the Redis are real; what must hold in the end does not depend on the order.
"""

import asyncio
import signal
import time
from contextlib import ExitStack

import pytest
import redis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from messaging.errors import JobNotRetryableError
from tests.messaging.jobs.boards import board_of, counting_worker, counts, submit

pytestmark = pytest.mark.processes

STEPS = 8
STEP_SECONDS = 0.03
SHORT_LEASE_MS = 2000
END_SECONDS = 90.0

ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["submit", "submit", "submit", "cancel", "retry", "kill", "end"]),
        st.integers(0, 1_000),
    ),
    min_size=25,
    max_size=40,
)


@given(actions=ACTIONS)
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_job_is_lost_or_done_at_two_places_whatever_happens(
    redis_url, tmp_path_factory, actions
):
    store = tmp_path_factory.mktemp("store")
    with ExitStack() as workers, redis.Redis.from_url(redis_url) as keeping:
        turmoil = Turmoil(redis_url, store, workers)
        jobs = asyncio.run(turmoil.go_through(actions))

        for job, record in jobs.items():
            steps = counts(keeping, job)
            assert record.has_ended, job
            assert not keeping.exists(f"overlaps:{job}")
            assert set(steps) <= set(range(STEPS))
            # A step is done again only after a worker that was killed before its checkpoint.
            assert max(steps.values(), default=0) <= 1 + turmoil.kills
            match record.status:
                case "succeeded":
                    assert set(steps) == set(range(STEPS))
                    assert record.result == {"steps": STEPS}
                case "cancelled":
                    assert job in turmoil.cancelled
                case "failed":
                    assert record.error.code == "job_killed_its_worker"
                    assert turmoil.kills >= 3


class Turmoil:
    """Two workers, and what befalls them and their jobs."""

    def __init__(self, url, store, stack):
        self.url, self.store, self.stack = url, store, stack
        self.workers = [self._worker() for _ in range(2)]
        self.kills = 0
        self.cancelled = set()

    def _worker(self):
        return self.stack.enter_context(
            counting_worker(self.url, self.store, lease_ms=SHORT_LEASE_MS)
        )

    def _replace(self, number, how):
        self.workers[number].signal(how)
        self.workers[number].wait(20.0)
        self.workers[number] = self._worker()

    async def go_through(self, actions):
        """Do everything in order, then wait for the jobs; their last records."""
        async with board_of(self.url) as board:
            jobs = [await submit(board, "count", steps=STEPS, step_seconds=STEP_SECONDS)]
            for action, number in actions:
                chosen = jobs[number % len(jobs)]
                match action:
                    case "submit":
                        jobs.append(
                            await submit(board, "count", steps=STEPS, step_seconds=STEP_SECONDS)
                        )
                    case "cancel":
                        if await board.cancel(chosen) != "ended":
                            self.cancelled.add(chosen)
                    case "retry":
                        try:
                            await board.retry(chosen)
                        except JobNotRetryableError:
                            continue
                    case "kill":
                        self.kills += 1
                        await asyncio.to_thread(self._replace, number % 2, signal.SIGKILL)
                    case "end":
                        await asyncio.to_thread(self._replace, number % 2, signal.SIGTERM)
                await asyncio.sleep(0.05)
            until = time.monotonic() + END_SECONDS
            return {
                job: await board.wait(job, max(0.1, until - time.monotonic())) for job in jobs
            }
