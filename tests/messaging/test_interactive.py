"""A front's side of the lane, on a real Valkey: each request gets its answer, or an error."""

import asyncio
import socket
import time
from contextlib import asynccontextmanager

import pytest

from messaging.connection import connect, connect_async
from messaging.errors import (
    BrokerUnavailableError,
    DeadlineExceededError,
    ExplanationFailedError,
    ExplanationRefusedError,
    QueueFullError,
)
from messaging.inbox import Inbox
from messaging.interactive import InteractiveLane
from messaging.keys import replies_key, requests_key
from messaging.wire import Reply
from tests.messaging.requests import MODEL, PIXELS, order, reply_to
from tests.processes import free_port
from tests.redis_server import restartable_redis, valkey_program

STREAM = requests_key(MODEL)


@asynccontextmanager
async def lane_at(url: str, *, max_waiting: int = 100, reply_seconds: float = 5.0):
    async with (
        connect_async(url, reply_seconds=reply_seconds) as connection,
        InteractiveLane(connection, max_waiting=max_waiting) as lane,
    ):
        yield lane


@pytest.fixture
async def lane(redis_url, connection):
    async with lane_at(redis_url) as opened:
        yield opened


@pytest.fixture
def inbox(connection):
    opened = Inbox(connection, worker="worker", models=[MODEL])
    opened.open()
    opened.synchronize_clock()
    return opened


def ask(lane: InteractiveLane, target: int = -1, patience_seconds: float = 20.0):
    return asyncio.create_task(
        lane.ask(order(target=target), PIXELS, patience_seconds=patience_seconds)
    )


async def take(inbox: Inbox, count: int):
    """Take requests until there are so many."""
    taken = []
    async with asyncio.timeout(20):
        while len(taken) < count:
            taken += await asyncio.to_thread(inbox.take, count)
    return taken


async def answer(inbox: Inbox, answers) -> None:
    await asyncio.to_thread(inbox.answer, answers)


async def test_replies_in_any_order_reach_the_requests_they_belong_to(lane, inbox):
    asked = [ask(lane, target=index) for index in range(80)]
    taken = await take(inbox, len(asked))

    await answer(inbox, [(delivery, reply_to(delivery)) for delivery in reversed(taken)])

    assert [(await task).target for task in asked] == list(range(80))


async def test_two_fronts_each_get_their_own_replies(redis_url, lane, inbox):
    async with lane_at(redis_url) as other:
        asked = [ask(one, target=index) for index in range(10) for one in (lane, other)]
        taken = await take(inbox, len(asked))
        await answer(inbox, [(delivery, reply_to(delivery)) for delivery in taken])

        targets = [(await task).target for task in asked]

    assert targets == [index for index in range(10) for _ in (lane, other)]


async def test_the_bound_of_the_queue_is_exact_with_several_fronts(redis_url, connection):
    async with (
        lane_at(redis_url, max_waiting=5) as first,
        lane_at(redis_url, max_waiting=5) as second,
    ):
        asked = [ask(one, patience_seconds=1.0) for _ in range(20) for one in (first, second)]
        outcomes = await asyncio.gather(*asked, return_exceptions=True)

    refused = [error for error in outcomes if isinstance(error, QueueFullError)]
    assert (len(refused), connection.xlen(STREAM)) == (35, 5)


async def test_a_full_queue_takes_requests_again_once_some_are_answered(redis_url, inbox):
    async with lane_at(redis_url, max_waiting=1) as lane:
        asked = ask(lane)
        taken = await take(inbox, 1)
        with pytest.raises(QueueFullError):
            await ask(lane)
        await answer(inbox, [(taken[0], reply_to(taken[0]))])
        await asked

        asked = ask(lane)
        assert len(await take(inbox, 1)) == 1
        asked.cancel()


async def test_a_second_reply_to_a_request_is_ignored(lane, inbox):
    asked = ask(lane, target=3)
    (delivery,) = await take(inbox, 1)
    late = Reply(delivery.request.request_id, "failed", detail="too late")

    await answer(inbox, [(delivery, reply_to(delivery)), (delivery, late)])
    assert (await asked).target == 3

    again = ask(lane, target=4)
    (delivery,) = await take(inbox, 1)
    await answer(inbox, [(delivery, late), (delivery, reply_to(delivery))])
    assert (await again).target == 4


async def test_a_reply_that_cannot_be_read_does_not_make_the_front_deaf(
    lane, inbox, connection
):
    asked = ask(lane, target=3)
    (delivery,) = await take(inbox, 1)
    replies = replies_key(delivery.request.front)

    await asyncio.to_thread(connection.rpush, replies, b"garbage", b"\x80")
    await answer(inbox, [(delivery, reply_to(delivery))])

    assert (await asked).target == 3


async def test_a_burst_beyond_the_connections_waits_for_them(monkeypatch, redis_url, inbox):
    # The client library's own pool refuses such a burst as if Redis were away.
    monkeypatch.setattr("messaging.connection.MAX_CONNECTIONS", 4)
    async with lane_at(redis_url, max_waiting=1000) as lane:
        asked = [ask(lane, target=index) for index in range(300)]
        taken = await take(inbox, len(asked))
        await answer(inbox, [(delivery, reply_to(delivery)) for delivery in taken])

        assert [(await task).target for task in asked] == list(range(300))


async def test_a_request_that_nobody_answers_ends_at_its_deadline(lane):
    started_at = time.monotonic()

    with pytest.raises(DeadlineExceededError):
        await ask(lane, patience_seconds=0.1)

    assert 0.1 <= time.monotonic() - started_at < 5.0


async def test_a_request_says_when_its_answer_is_worth_nothing(lane, inbox):
    asked = ask(lane, patience_seconds=12.5)
    (delivery,) = await take(inbox, 1)

    assert delivery.request.patience_ms == 12_500
    asked.cancel()


@pytest.mark.parametrize(
    ("status", "error"),
    [("refused", ExplanationRefusedError), ("failed", ExplanationFailedError)],
)
async def test_a_reply_without_an_answer_is_raised_with_its_words(lane, inbox, status, error):
    asked = ask(lane)
    (delivery,) = await take(inbox, 1)
    reply = Reply(
        delivery.request.request_id, status, code="layer_not_found", detail="no such layer"
    )
    await answer(inbox, [(delivery, reply)])

    with pytest.raises(error, match="no such layer"):
        await asked


async def test_requests_that_have_ended_are_not_remembered(lane, inbox):
    asked = [ask(lane, patience_seconds=0.1), ask(lane), ask(lane)]
    taken = await take(inbox, 3)
    asked[1].cancel()
    await answer(inbox, [(delivery, reply_to(delivery)) for delivery in taken])
    await asyncio.gather(*asked, return_exceptions=True)

    assert lane._waiting == {}


async def test_waiting_requests_are_counted_until_they_are_answered(lane, inbox):
    asked = [ask(lane), ask(lane)]
    taken = await take(inbox, 2)
    assert await lane.waiting(MODEL) == 2

    await answer(inbox, [(delivery, reply_to(delivery)) for delivery in taken])
    await asyncio.gather(*asked)

    assert await lane.waiting(MODEL) == 0


async def test_a_redis_that_is_away_is_told_within_seconds():
    started_at = time.monotonic()
    async with lane_at(f"redis://127.0.0.1:{free_port()}") as lane:
        with pytest.raises(BrokerUnavailableError):
            await ask(lane)

    assert time.monotonic() - started_at < 5.0


async def test_a_redis_that_hangs_counts_as_away():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}"
        async with lane_at(url, reply_seconds=0.2) as lane:
            with pytest.raises(BrokerUnavailableError):
                await ask(lane)


async def test_a_restarted_redis_loses_what_waited_and_serves_again():
    with restartable_redis(valkey_program) as server:
        async with lane_at(server.url) as lane:
            lost = [ask(lane) for _ in range(3)]
            with connect(server.url, reply_seconds=5.0) as connection:
                while connection.xlen(STREAM) < len(lost):
                    await asyncio.sleep(0.01)
            server.kill()
            await asyncio.to_thread(server.start)
            outcomes = await asyncio.gather(*lost, return_exceptions=True)
            assert {type(outcome) for outcome in outcomes} == {BrokerUnavailableError}

            asked = ask(lane, target=7)
            with connect(server.url, reply_seconds=5.0) as connection:
                inbox = Inbox(connection, worker="worker", models=[MODEL])
                inbox.open()
                (delivery,) = await take(inbox, 1)
                await answer(inbox, [(delivery, reply_to(delivery))])
                assert (await asked).target == 7


async def test_a_reply_to_a_front_that_was_restarted_is_not_given_to_its_successor(
    redis_url, connection, inbox
):
    async with lane_at(redis_url) as old:
        asked = ask(old)
        (delivery,) = await take(inbox, 1)
        asked.cancel()

    async with lane_at(redis_url) as new:
        await answer(inbox, [(delivery, reply_to(delivery))])
        with pytest.raises(DeadlineExceededError):
            await ask(new, patience_seconds=0.3)

    assert 0 < connection.ttl(replies_key(delivery.request.front)) <= 60


async def test_a_refusal_of_redis_to_store_more_counts_as_away(redis_url, connection):
    connection.config_set("maxmemory", "1kb")
    try:
        async with lane_at(redis_url) as lane:
            with pytest.raises(BrokerUnavailableError):
                await ask(lane)
    finally:
        connection.config_set("maxmemory", "0")
