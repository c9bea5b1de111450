"""A job that came with a model is there once, for everybody, for good, until it is deleted."""

import datetime

import pytest

from api_schemas.packed_jobs import PackedJob
from messaging.errors import JobNotFoundError, JobNotRetryableError
from messaging.jobs.ledger import JobLedger
from messaging.jobs.shipped import ShippedRecords
from tests.messaging.jobs.boards import board_of, submit

MADE = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
PACKED = PackedJob(
    kind="atlas",
    model="tiny",
    params={"dataset": "pets"},
    result={"cells": 3},
    created_at=MADE,
    started_at=MADE + datetime.timedelta(seconds=1),
    finished_at=MADE + datetime.timedelta(seconds=9),
)


@pytest.fixture
def records(connection):
    return ShippedRecords(connection)


@pytest.fixture
async def board(redis_url, connection):
    async with board_of(redis_url) as board:
        yield board


async def test_it_is_told_of_as_a_job_that_has_succeeded(board, records):
    assert records.bring("a1", PACKED)

    record = await board.find("a1")

    assert (record.status, record.kind, record.model) == ("succeeded", "atlas", "tiny")
    assert (record.params, record.result) == (PACKED.params, PACKED.result)
    assert record.finished_ms - record.created_ms == 9000
    assert record.created_ms == MADE.timestamp() * 1000
    assert record.is_shipped
    assert (record.expires_ms, record.owner) == (None, None)
    events = [event.event async for event in board.follow("a1", after="0-0")]
    assert events == ["done"]


async def test_it_neither_expires_nor_waits_nor_is_retried(board, records, connection):
    records.bring("a1", PACKED)
    ledger = JobLedger(connection)

    assert ledger.expired_jobs(most=10) == []
    assert ledger.open_jobs(older_than_ms=0) == []
    assert (await board.count_all(["tiny"])).running == 0
    with pytest.raises(JobNotRetryableError):
        await board.retry("a1")


async def test_it_is_brought_once_and_not_again_once_it_was_deleted(board, records):
    assert not records.is_brought("a1")
    assert [records.bring("a1", PACKED) for _ in range(2)] == [True, False]
    assert await board.cancel("a1") == "ended"

    await board.delete("a1")

    assert records.is_brought("a1")
    assert not records.bring("a1", PACKED)
    assert await board.ids_before(None, 10) == []
    assert await board.ids_before(None, 10, owner="alice", with_shipped=True) == []
    with pytest.raises(JobNotFoundError):
        await board.find("a1")


async def test_an_owner_is_shown_it_beside_jobs_of_its_own_page_by_page(board, records):
    for number in range(5):
        later = PACKED.model_copy(
            update={"created_at": MADE + datetime.timedelta(seconds=number)}
        )
        records.bring(f"a{number}", later)
    own, _ = await board.submit("count", "tiny", {}, idempotency=None, owner="alice")
    others = await submit(board, "count")

    listed, before = [], None
    while page := await board.ids_before(before, 2, owner="alice", with_shipped=True):
        listed += page
        last = await board.find(page[-1])
        before = (last.created_ms, last.id)

    assert listed == [own.id, "a4", "a3", "a2", "a1", "a0"]
    assert await board.ids_before(None, 10, owner="alice") == [own.id]
    everybody = await board.ids_before(None, 10, with_shipped=True)
    assert sorted(everybody) == sorted([*listed, others])
