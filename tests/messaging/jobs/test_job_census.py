"""Jobs are counted by their state, their end and their stages, each once."""

import pytest
import redis

from api_schemas.jobs import JobError
from messaging.connection import connect_async
from messaging.jobs.board import JobBoard
from messaging.jobs.ledger import JobLedger
from messaging.jobs.message import JobMessage

MODEL = "tiny"
ERROR = JobError(code="job_failed", detail="…")


class NoDispatch:
    """Hands nothing out: the tests play the workers."""

    async def begin_job(self, job: str, model: str, *, run: int) -> None:
        """Do nothing."""


@pytest.fixture
async def board(redis_url):
    async with connect_async(redis_url, reply_seconds=5.0) as connection:
        yield JobBoard(
            connection,
            NoDispatch(),
            most_open=10,
            retention_hours=1.0,
            is_ending=lambda: False,
        )


async def submitted(board: JobBoard, model: str = MODEL) -> JobMessage:
    record, _ = await board.submit("count", model, {}, idempotency=None)
    return JobMessage(record.id, model, record.run, 0, None)


async def test_jobs_that_have_not_ended_are_counted_by_state_and_model(
    board, keeping: redis.Redis
):
    ledger = JobLedger(keeping)
    for model in (MODEL, MODEL, "zoo"):
        await submitted(board, model)
    begun = await submitted(board)
    ledger.begin_stage(begun)

    census = await board.count_all([MODEL, "zoo", "lion"])

    assert census.queued == {MODEL: 2, "zoo": 1, "lion": 0}
    assert census.running == 1
    assert census.memory.used > 0


async def test_every_end_is_counted_once_with_its_status_and_code(board, keeping: redis.Redis):
    ledger = JobLedger(keeping)
    good, bad, unwanted, waiting = [await submitted(board) for _ in range(4)]
    for message in (good, bad, unwanted):
        ledger.begin_stage(message)
    for _ in range(2):
        ledger.succeed(good, {})
        ledger.fail(bad, ERROR)
        ledger.end_cancelled(unwanted)
        await board.cancel(waiting.job)
    ledger.fail(good, ERROR)

    assert (await board.count_all([MODEL])).ended == {
        ("succeeded", ""): 1,
        ("failed", "job_failed"): 1,
        ("cancelled", "job_cancelled"): 2,
    }


async def test_the_seconds_of_stages_are_summed_up_over_tasks(board, keeping: redis.Redis):
    ledger = JobLedger(keeping)
    ledger.tally_stages("atlas", {"collect": 1.5, "layout": 0.25})
    ledger.tally_stages("atlas", {"collect": 0.5})
    ledger.tally_stages("other", {})

    census = await board.count_all([])

    assert census.stage_tasks == {("atlas", "collect"): 2, ("atlas", "layout"): 1}
    assert census.stage_seconds == {("atlas", "collect"): 2.0, ("atlas", "layout"): 0.25}
