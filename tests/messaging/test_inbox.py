"""A worker's side of the lane, on a real Valkey: nothing is lost, kept or done twice."""

import time

import pytest
import redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError

from messaging.connection import connect
from messaging.inbox import MAX_DELIVERIES, TAKE_OVER_MS, Inbox
from messaging.keys import GROUP, replies_key, requests_key
from messaging.wire import unpack_reply
from tests.messaging.requests import MODEL, queue, reply_to

STREAM = requests_key(MODEL)


@pytest.fixture(autouse=True)
def _quick_reads(monkeypatch):
    monkeypatch.setattr("messaging.inbox.BLOCK_MS", 200)


def inbox_of(connection: redis.Redis, worker: str, *models: str) -> Inbox:
    inbox = Inbox(connection, worker=worker, models=models or (MODEL,))
    inbox.open()
    inbox.synchronize_clock()
    return inbox


def ids(deliveries) -> list[str]:
    return [delivery.request.request_id for delivery in deliveries]


def pending(connection: redis.Redis) -> int:
    return connection.xpending(STREAM, GROUP)["pending"]


def outlive_the_hold(connection: redis.Redis) -> None:
    """Have every request look as if its worker had not renewed its hold for long enough."""
    for entry in connection.xpending_range(STREAM, GROUP, "-", "+", 10):
        holder, ids_of_entry = entry["consumer"], [entry["message_id"]]
        connection.xclaim(
            STREAM, GROUP, holder, 0, ids_of_entry, idle=TAKE_OVER_MS + 1, justid=True
        )


def test_each_request_is_taken_by_one_worker_only(connection):
    first, second = inbox_of(connection, "first"), inbox_of(connection, "second")
    queue(connection, *"abcdef")

    assert ids(first.take(4)) == list("abcd")
    assert ids(second.take(4)) == list("ef")


def test_an_answered_request_leaves_nothing_in_redis_but_its_reply(connection):
    inbox = inbox_of(connection, "worker")
    queue(connection, "a", "b")

    inbox.answer([(delivery, reply_to(delivery)) for delivery in inbox.take(2)])

    replies = connection.lrange(replies_key("front"), 0, -1)
    assert [unpack_reply(reply).request_id for reply in replies] == ["a", "b"]
    assert (connection.xlen(STREAM), pending(connection)) == (0, 0)
    assert 0 < connection.ttl(replies_key("front")) <= 60


@pytest.mark.parametrize("way", ["answer", "drop"])
def test_a_broken_connection_leaves_no_half_of_what_ends_a_request(connection, way):
    # Acknowledged and not deleted, a request would take a place in the queue for good.
    inbox = inbox_of(connection, "worker")
    queue(connection, "a")
    held = inbox.take(1)

    with connection.monitor() as monitor:
        if way == "answer":
            inbox.answer([(held[0], reply_to(held[0]))])
        else:
            inbox.drop(held)
        seen = [monitor.next_command()["command"].split()[0].upper()]
        while seen[-1] != "EXEC":
            seen.append(monitor.next_command()["command"].split()[0].upper())

    replied = ["RPUSH", "EXPIRE"] if way == "answer" else []
    assert seen[-len(replied) - 4 :] == ["MULTI", *replied, "XACK", "XDEL", "EXEC"]


def test_a_request_that_somebody_has_deleted_is_forgotten(connection, monkeypatch):
    dead, heir = inbox_of(connection, "dead"), inbox_of(connection, "heir")
    queue(connection, "deleted", "b")
    first, _ = dead.take(2)
    outlive_the_hold(connection)
    connection.xdel(STREAM, first.entry)
    claim = connection.xclaim

    def as_redis_6(*arguments):
        return claim(*arguments) or [(None, None)]

    monkeypatch.setattr(connection, "xclaim", as_redis_6)

    assert heir.take_over() is None
    assert ids([heir.take_over()]) == ["b"]
    assert pending(connection) == 1


def test_a_dropped_request_leaves_nothing_in_redis(connection):
    inbox = inbox_of(connection, "worker")
    queue(connection, "a")

    inbox.drop(inbox.take(1))

    assert (connection.xlen(STREAM), pending(connection)) == (0, 0)
    assert not connection.exists(replies_key("front"))


def test_a_request_is_dated_by_the_clock_of_redis(connection):
    inbox = inbox_of(connection, "worker")
    queue(connection, "a")
    time.sleep(0.3)

    (delivery,) = inbox.take(1)

    # Reading the clock takes a moment, which may be long where the machine is busy.
    assert 100 <= delivery.queued_ms <= 10_000
    rest_seconds = (60_000 - delivery.queued_ms) / 1000
    assert delivery.expires_at == pytest.approx(delivery.taken_at + rest_seconds)


def test_each_model_gives_at_most_the_number_asked_for(connection):
    inbox = inbox_of(connection, "worker", "one", "two")
    queue(connection, *"abc", model="one")
    queue(connection, *"def", model="two")

    assert sorted(ids(inbox.take(2))) == ["a", "b", "d", "e"]


def test_a_request_of_a_live_worker_is_not_taken_over(connection):
    holder, other = inbox_of(connection, "holder"), inbox_of(connection, "other")
    queue(connection, "a")
    held = holder.take(1)

    for _ in range(4):
        outlive_the_hold(connection)
        holder.renew(held)
        assert other.take_over() is None


def test_requests_of_a_dead_worker_are_taken_over_one_at_a_time(connection):
    dead, heir = inbox_of(connection, "dead"), inbox_of(connection, "heir")
    queue(connection, "a", "b")
    dead.take(2)
    assert heir.take_over() is None
    outlive_the_hold(connection)

    first, second, third = heir.take_over(), heir.take_over(), heir.take_over()

    assert ids([first, second]) == ["a", "b"]
    assert first.is_recovered
    assert third is None


def test_a_request_taken_over_can_be_answered_and_is_gone(connection):
    dead, heir = inbox_of(connection, "dead"), inbox_of(connection, "heir")
    queue(connection, "a")
    dead.take(1)
    outlive_the_hold(connection)
    delivery = heir.take_over()

    heir.answer([(delivery, reply_to(delivery))])

    assert (connection.xlen(STREAM), pending(connection)) == (0, 0)


def test_a_request_that_ended_every_worker_is_answered_as_failed(connection):
    queue(connection, "killer")
    workers = [inbox_of(connection, f"worker-{index}") for index in range(MAX_DELIVERIES + 1)]
    workers[0].take(1)
    for victim in workers[1:MAX_DELIVERIES]:
        outlive_the_hold(connection)
        assert ids([victim.take_over()]) == ["killer"]
    outlive_the_hold(connection)

    assert workers[-1].take_over() is None

    reply = unpack_reply(connection.lpop(replies_key("front")))
    assert (reply.request_id, reply.status) == ("killer", "failed")
    assert (connection.xlen(STREAM), pending(connection)) == (0, 0)


def test_renewal_neither_counts_as_a_delivery_nor_revives_the_answered(connection):
    inbox = inbox_of(connection, "worker")
    queue(connection, "a", "b")
    held = inbox.take(2)
    inbox.answer([(held[0], reply_to(held[0]))])

    for _ in range(5):
        inbox.renew(held)

    (entry,) = connection.xpending_range(STREAM, GROUP, "-", "+", 10)
    assert (entry["message_id"].decode(), entry["times_delivered"]) == (held[1].entry, 1)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"order": b"\x00garbage"}, id="no request"),
        pytest.param({"other": b"1"}, id="other field"),
        pytest.param({"order": b"\x80"}, id="empty request"),
    ],
)
def test_an_entry_that_is_no_request_is_struck_off(connection, fields):
    inbox = inbox_of(connection, "worker")
    connection.xadd(STREAM, fields)
    queue(connection, "a")

    assert ids(inbox.take(5)) == ["a"]
    assert (connection.xlen(STREAM), pending(connection)) == (1, 1)


def test_requests_queued_before_the_group_existed_are_taken(connection):
    queue(connection, "early")

    assert ids(inbox_of(connection, "worker").take(1)) == ["early"]


def test_a_redis_that_forgot_the_groups_serves_again_once_they_are_reopened(connection):
    inbox = inbox_of(connection, "worker")
    connection.flushall()
    with pytest.raises(ResponseError, match="NOGROUP"):
        inbox.take(1)
    queue(connection, "a")

    inbox.open()

    assert ids(inbox.take(1)) == ["a"]


def test_opening_twice_forgets_nothing_that_is_queued(connection):
    inbox = inbox_of(connection, "worker")
    queue(connection, "a")

    inbox.open()

    assert ids(inbox.take(1)) == ["a"]


def test_a_worker_that_leaves_takes_its_name_off_the_group(connection):
    inbox = inbox_of(connection, "worker")
    queue(connection, "a")
    inbox.answer([(delivery, reply_to(delivery)) for delivery in inbox.take(1)])

    inbox.close()

    assert connection.xinfo_consumers(STREAM, GROUP) == []


def test_a_worker_that_leaves_owing_an_answer_leaves_the_request_to_others(connection):
    # Removing its name would remove the request from what can be taken over, for good.
    leaver, heir = inbox_of(connection, "leaver"), inbox_of(connection, "heir")
    queue(connection, "a")
    leaver.take(1)

    leaver.close()

    outlive_the_hold(connection)
    assert ids([heir.take_over()]) == ["a"]


def test_only_names_without_requests_are_forgotten_for_being_idle(connection, monkeypatch):
    monkeypatch.setattr("messaging.inbox.IDLE_CONSUMER_MS", 20)
    idle, busy = inbox_of(connection, "idle"), inbox_of(connection, "busy")
    queue(connection, "a")
    busy.take(1)
    idle.take(1)
    time.sleep(0.05)

    inbox_of(connection, "new").forget_idle_consumers()

    names = [consumer["name"] for consumer in connection.xinfo_consumers(STREAM, GROUP)]
    assert names == [b"busy"]


def test_an_impatient_worker_does_not_wait_for_requests(connection, monkeypatch):
    monkeypatch.setattr("messaging.inbox.BLOCK_MS", 60_000)

    assert inbox_of(connection, "worker").take(1, is_patient=False) == []


def test_a_redis_that_is_away_is_told_at_once():
    with (
        connect("redis://127.0.0.1:1", reply_seconds=1.0) as nowhere,
        pytest.raises(RedisConnectionError),
    ):
        Inbox(nowhere, worker="worker", models=[MODEL]).take(1)
