"""The job lane through a real Redis and real worker processes, on an everyday."""

import asyncio

import pytest

from messaging.errors import (
    IdempotencyMismatchError,
    JobNotFoundError,
    JobNotRetryableError,
    JobQueueFullError,
)
from tests.messaging.jobs.boards import (
    begun_at,
    board_of,
    counting_worker,
    counts,
    ended,
    submit,
    wait_for_step,
)
from tests.processes import wait_until

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def workers(redis_url, store):
    with counting_worker(redis_url, store), counting_worker(redis_url, store):
        yield


@pytest.fixture
async def board(redis_url):
    async with board_of(redis_url) as opened:
        yield opened


async def test_a_job_goes_through_each_step_once_and_succeeds(board, workers, keeping):
    job = await submit(board, "count", steps=20)

    record = await ended(board, job)

    assert (record.status, record.attempt, record.result) == ("succeeded", 1, {"steps": 20})
    assert counts(keeping, job) == dict.fromkeys(range(20), 1)
    assert record.progress.step == record.progress.total == 20
    assert record.created_ms <= record.started_ms <= record.finished_ms < record.expires_ms


async def test_stages_follow_one_another_and_share_the_progress(board, workers, keeping):
    job = await submit(board, "stages", steps=10, step_seconds=0.05)

    events = [event async for event in board.follow(job, after="0-0")]

    record = await ended(board, job)
    fractions = [
        pytest.approx(float(event.data.split('"fraction":')[1].split(",")[0]))
        for event in events
        if event.event == "progress"
    ]
    assert record.status == "succeeded"
    assert 0.25 in fractions
    assert fractions[-1] == 1.0
    assert events[-1].event == "done"


async def test_tasks_of_a_stage_are_done_once_each_and_then_summed_up_once(
    board, workers, keeping
):
    job = await submit(board, "shards", shards=7, steps=5)

    record = await ended(board, job)

    assert (record.status, record.result) == ("succeeded", {"steps": 35})
    assert [counts(keeping, job, shard) for shard in range(7)] == [
        dict.fromkeys(range(5), 1)
    ] * 7
    assert keeping.get(f"summed:{job}") == b"1"


async def test_a_running_job_is_cancelled_within_a_step(board, workers, keeping):
    job = await submit(board, "count", steps=10_000, step_seconds=0.02)
    await asyncio.to_thread(wait_for_step, keeping, job, 5)

    assert await board.cancel(job) == "cancelling"

    record = await ended(board, job, seconds=20.0)
    assert (record.status, record.error.code) == ("cancelled", "job_cancelled")
    assert await board.cancel(job) == "ended"


async def test_a_cancelled_job_goes_on_behind_its_last_step_when_it_is_retried(
    board, workers, keeping
):
    job = await submit(board, "count", steps=60, step_seconds=0.02)
    await asyncio.to_thread(wait_for_step, keeping, job, 5)
    await board.cancel(job)
    await ended(board, job)

    again = await board.retry(job)
    record = await ended(board, job)

    assert again.status == "queued"
    assert (record.status, record.attempt) == ("succeeded", 2)
    assert counts(keeping, job) == dict.fromkeys(range(60), 1)
    assert begun_at(keeping, job)[1] >= 6


async def test_a_queued_job_is_cancelled_at_once_and_never_begun(board, keeping):
    # No worker hosts this model.
    record, _ = await board.submit("count", "unhosted", {"steps": 3}, idempotency=None)

    assert await board.cancel(record.id) == "cancelled"

    assert (await board.find(record.id)).status == "cancelled"
    assert begun_at(keeping, record.id) == []


async def test_a_job_that_has_succeeded_cannot_be_retried(board, workers):
    job = await submit(board, "count", steps=1)
    await ended(board, job)

    with pytest.raises(JobNotRetryableError):
        await board.retry(job)


async def test_a_refusal_ends_the_job_at_once_and_in_plain_words(board, workers, keeping):
    job = await submit(board, "refused")

    record = await ended(board, job)

    assert (record.status, record.error.code) == ("failed", "layer_not_found")
    assert "conv1" in record.error.detail
    assert keeping.get(f"begun:{job}") == b"1"


async def test_a_failing_job_is_tried_three_times_and_its_reason_kept_from_callers(
    board, workers, keeping
):
    job = await submit(board, "broken")

    record = await ended(board, job)

    assert (record.status, record.error.code) == ("failed", "job_failed")
    assert "secret" not in record.error.detail
    assert keeping.get(f"begun:{job}") == b"3"


async def test_a_kind_that_the_worker_does_not_know_fails_the_job(board, workers):
    job = await submit(board, "unheard-of")

    record = await ended(board, job)

    assert (record.status, record.error.code) == ("failed", "job_kind_unknown")


async def test_the_same_word_gives_the_same_job_and_another_body_is_refused(board, workers):
    first = await submit(board, "count", word="word", steps=3)

    again, is_new = await board.submit("count", "tiny", {"steps": 3}, idempotency="word")

    assert (again.id, is_new) == (first, False)
    with pytest.raises(IdempotencyMismatchError):
        await board.submit("count", "tiny", {"steps": 4}, idempotency="word")


async def test_submissions_at_once_with_one_word_make_one_job(board, workers, keeping):
    jobs = await asyncio.gather(
        *(submit(board, "count", word="at once", steps=5) for _ in range(20))
    )
    await ended(board, jobs[0])

    assert len(set(jobs)) == 1
    assert counts(keeping, jobs[0]) == dict.fromkeys(range(5), 1)


async def test_more_open_jobs_than_allowed_are_refused(redis_url, keeping):
    async with board_of(redis_url, most_open=2) as board:
        for _ in range(2):
            await board.submit("count", "unhosted", {}, idempotency=None)

        with pytest.raises(JobQueueFullError):
            await board.submit("count", "unhosted", {}, idempotency=None)


async def test_queued_jobs_know_how_many_go_first(board):
    records = [
        (await board.submit("count", "unhosted", {}, idempotency=None))[0] for _ in range(3)
    ]

    await board.cancel(records[0].id)

    positions = [await board.queue_position(await board.find(record.id)) for record in records]
    assert positions == [None, 0, 1]


async def test_a_follower_that_broke_off_misses_nothing_and_hears_nothing_twice(board, workers):
    job = await submit(board, "count", steps=30, step_seconds=0.05)
    heard = []
    async for event in board.follow(job, after="0-0"):
        heard.append(event.id)
        if len(heard) == 2:
            break

    heard += [event.id async for event in board.follow(job, after=heard[-1])]

    assert heard == [event.id async for event in board.follow(job, after="0-0")]
    assert heard == sorted(set(heard))


async def test_a_deleted_job_is_unknown_and_may_be_deleted_again(board, workers, keeping):
    job = await submit(board, "count", steps=1)
    await ended(board, job)

    await board.delete(job)

    with pytest.raises(JobNotFoundError):
        await board.find(job)
    assert await board.cancel(job) == "deleted"
    assert await board.ids_before(None, 10) == []
    assert not keeping.exists(f"vitrine:job:{job}:events", f"vitrine:job:{job}:tasks")


async def test_a_job_that_no_queue_knows_is_handed_out_again(
    board, workers, keeping, monkeypatch
):
    async def forget(*_: object, **__: object) -> None:
        """Die between the record and the queue."""

    monkeypatch.setattr("messaging.jobs.dispatch.Dispatch.begin_job", forget)
    job = await submit(board, "count", steps=3)

    record = await ended(board, job, seconds=25.0)

    assert (record.status, counts(keeping, job)) == ("succeeded", {0: 1, 1: 1, 2: 1})


async def test_an_expired_job_is_deleted_with_its_files(redis_url, workers, keeping, store):
    async with board_of(redis_url, retention_hours=1e-3) as board:
        job = await submit(board, "count", steps=1)
        await ended(board, job)
        assert list(store.rglob(f"{job}/artifacts/counted/0.txt"))

        await asyncio.to_thread(
            wait_until,
            lambda: keeping.hexists(f"vitrine:job:{job}", "deleted"),
            "it is deleted",
            seconds=25.0,
        )

        assert list(store.rglob(f"{job}/*")) == []
        with pytest.raises(JobNotFoundError):
            await board.find(job)


async def test_jobs_are_listed_from_the_newest_and_the_list_goes_on(board):
    made = [
        (await board.submit("count", "unhosted", {}, idempotency=None))[0] for _ in range(25)
    ]
    newest = sorted(((one.created_ms, one.id) for one in made), reverse=True)

    listed: list[str] = []
    before = None
    while page := await board.ids_before(before, 7):
        listed += page
        last = await board.find(page[-1])
        before = (last.created_ms, last.id)

    assert listed == [job for _, job in newest]
