"""The life of a worker on a real Valkey, with a computer that does as the test says."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import redis

from core.errors import LayerNotFoundError, LayerNotSpatialError, MethodUnsupportedError
from messaging.keys import GROUP, WORKERS, replies_key, requests_key, worker_key
from messaging.wire import Reply, pack_request, unpack_reply
from tests.messaging.requests import queue, request
from tests.processes import wait_until
from tests.service.application import record
from tests.workers.deliveries import ids
from workers.device_turns import DeviceTurns
from workers.held import HeldRequests
from workers.worker import Worker

STREAM = requests_key("tiny")
SECONDS = 20.0
TAKE_OVER_MS = 1500


class FakeComputer:
    """Answers every request, or does what the test puts in its place."""

    def __init__(self, answer: Callable[[list[str]], None] = lambda _: None) -> None:
        self.answer = answer
        self.batches: list[list[str]] = []

    def compute(self, batch, *, track) -> list[Reply]:
        self.batches.append(ids(batch))
        self.answer(ids(batch))
        return [Reply(name, "done") for name in ids(batch)]


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr("messaging.inbox.BLOCK_MS", 100)
    monkeypatch.setattr("messaging.inbox.TAKE_OVER_MS", TAKE_OVER_MS)
    monkeypatch.setattr("workers.worker.SIGN_OF_LIFE_SECONDS", 0.1)


@contextmanager
def working(
    connection: redis.Redis, computer: FakeComputer, name: str = "worker"
) -> Iterator[Worker]:
    """Run a worker in a thread until the block ends."""
    worker = Worker(
        connection,
        worker_id=name,
        records=[record()],
        computer=computer,
        held=HeldRequests(max_batch_images=4, batch_wait_seconds=0.0),
        turns=DeviceTurns(),
        stopping=threading.Event(),
        is_well=lambda: True,
    )
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join(SECONDS)
    assert not thread.is_alive()


def nobody_receives() -> bool:
    """Whether every thread that takes requests has ended."""
    return all(thread.name != "receive" for thread in threading.enumerate())


def replies(connection: redis.Redis, count: int) -> dict[str, Reply]:
    """Wait for so many replies; by request."""
    key = replies_key("front")
    wait_until(lambda: connection.llen(key) >= count, "the replies", seconds=SECONDS)
    found = [unpack_reply(packed) for packed in connection.lrange(key, 0, -1)]
    assert len(found) == count
    return {reply.request_id: reply for reply in found}


def test_requests_that_wait_are_computed_together(connection):
    computer = FakeComputer()
    queue(connection, *"abcd")

    with working(connection, computer):
        assert set(replies(connection, 4)) == set("abcd")

    assert computer.batches == [list("abcd")]
    assert connection.xlen(STREAM) == 0


def test_a_poisonous_request_fails_alone_and_not_its_batch(connection, logged):
    def refuse_poison(batch: list[str]) -> None:
        if "poison" in batch:
            raise ZeroDivisionError("/secret/path")

    queue(connection, "a", "poison", "b")

    with working(connection, FakeComputer(refuse_poison)):
        answered = replies(connection, 3)

    assert (answered["a"].status, answered["b"].status) == ("done", "done")
    assert answered["poison"].status == "failed"
    assert "secret" not in answered["poison"].detail
    assert [line["request"] for line in logged if line["event"] == "request failed"] == [
        "poison"
    ]


def test_log_and_reply_name_a_failure_by_the_callers_own_id(connection, logged):
    def fail(_: list[str]) -> None:
        raise ZeroDivisionError

    asked = replace(request("a"), asked_by="trace-7")
    connection.xadd(STREAM, {"order": pack_request(asked)})

    with working(connection, FakeComputer(fail)):
        answered = replies(connection, 1)

    assert answered["a"].detail.endswith("its log names request trace-7")
    [failed] = [line for line in logged if line["event"] == "request failed"]
    [batch] = [line for line in logged if line["event"] == "batch"]
    assert (failed["request"], batch["requests"]) == ("trace-7", ["trace-7"])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (LayerNotFoundError("x", ["y"]), "layer_not_found"),
        (LayerNotSpatialError("x", [2]), "layer_not_spatial"),
        (MethodUnsupportedError("gradcam", "no gradients"), "method_unsupported"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refusal_carries_its_code_to_every_request_of_the_batch(connection, error, code):
    def refuse(_: list[str]) -> None:
        raise error

    queue(connection, "a", "b")

    with working(connection, FakeComputer(refuse)):
        answered = replies(connection, 2)

    assert {(reply.status, reply.code, reply.detail) for reply in answered.values()} == {
        ("refused", code, str(error))
    }


def test_a_request_that_nobody_waits_for_any_longer_is_not_computed(connection, monkeypatch):
    computer = FakeComputer()
    monkeypatch.setattr("tests.messaging.requests.request", _impatient)
    queue(connection, "late")
    time.sleep(0.02)

    with working(connection, computer):
        wait_until(lambda: connection.xlen(STREAM) == 0, "it is dropped", seconds=SECONDS)

    assert computer.batches == []
    assert not connection.exists(replies_key("front"))


def _impatient(request_id: str, *, model: str):
    from messaging.wire import Request
    from tests.messaging.requests import PIXELS, order

    return Request(request_id, "front", 1, order(model), PIXELS)


def test_a_worker_that_is_told_to_stop_answers_what_it_holds_and_leaves(connection):
    begun, may_go_on = threading.Event(), threading.Event()

    def dawdle(_: list[str]) -> None:
        begun.set()
        may_go_on.wait(SECONDS)

    queue(connection, *"ab")
    with working(connection, FakeComputer(dawdle)) as worker:
        assert begun.wait(SECONDS)
        worker.stop()
        wait_until(nobody_receives, "it takes nothing more", seconds=SECONDS)
        queue(connection, "too late")
        may_go_on.set()
        assert set(replies(connection, 2)) == {"a", "b"}

    assert connection.xlen(STREAM) == 1
    assert connection.xinfo_consumers(STREAM, GROUP) == []
    assert not connection.smembers(WORKERS)
    assert not connection.exists(worker_key("worker"))


def test_a_worker_that_computes_for_long_keeps_its_requests(connection):
    def take_long(_: list[str]) -> None:
        time.sleep(2.2 * TAKE_OVER_MS / 1000)

    slow, idle = FakeComputer(take_long), FakeComputer()
    queue(connection, "a")

    with working(connection, slow, "slow"):
        wait_until(lambda: slow.batches, "it computes", seconds=SECONDS)
        with working(connection, idle, "idle"):
            assert set(replies(connection, 1)) == {"a"}

    assert idle.batches == []


def test_requests_of_a_dead_worker_are_computed_one_by_one(connection):
    connection.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
    queue(connection, *"abcde")
    connection.xreadgroup(GROUP, "dead", {STREAM: ">"}, count=5)
    computer = FakeComputer()

    with working(connection, computer):
        assert set(replies(connection, 5)) == set("abcde")

    assert computer.batches == [["a"], ["b"], ["c"], ["d"], ["e"]]


def test_a_worker_serves_again_after_redis_has_forgotten_everything(connection):
    computer = FakeComputer()
    with working(connection, computer):
        wait_until(lambda: connection.smembers(WORKERS), "it is there", seconds=SECONDS)
        connection.flushall()
        queue(connection, "a")
        assert set(replies(connection, 1)) == {"a"}
        wait_until(lambda: connection.smembers(WORKERS), "it is back", seconds=SECONDS)


def test_a_fault_in_receiving_ends_the_worker_instead_of_leaving_it_deaf(
    connection, monkeypatch
):
    faults = []
    monkeypatch.setattr(threading, "excepthook", faults.append)

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("messaging.inbox.Inbox.take", fail)
    worker = Worker(
        connection,
        worker_id="worker",
        records=[record()],
        computer=FakeComputer(),
        held=HeldRequests(max_batch_images=4, batch_wait_seconds=0.0),
        turns=DeviceTurns(),
        stopping=threading.Event(),
        is_well=lambda: True,
    )

    worker.run()
    wait_until(nobody_receives, "the threads have ended", seconds=SECONDS)

    assert {fault.exc_type for fault in faults} == {ZeroDivisionError}
    assert not connection.smembers(WORKERS)
