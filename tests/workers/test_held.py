"""Requests in hand pass between threads: none is lost, and no batch waits longer than told."""

import threading
import time

from tests.workers.deliveries import delivery, ids
from workers.held import HeldRequests


def held_requests(
    *, max_batch_images: int = 4, batch_wait_seconds: float = 0.0
) -> HeldRequests:
    return HeldRequests(
        max_batch_images=max_batch_images, batch_wait_seconds=batch_wait_seconds
    )


def later(seconds: float, act) -> threading.Timer:
    timer = threading.Timer(seconds, act)
    timer.start()
    return timer


def test_requests_stay_in_hand_until_they_are_finished():
    held = held_requests()
    held.put([delivery("a"), delivery("b", method="saliency")])
    batch = held.next_batch(0.0)
    assert ids(batch) == ["a"]
    assert ids(held.all()) == ["a", "b"]

    held.finish(batch)

    assert ids(held.all()) == ["b"]


def test_requests_of_the_same_content_are_told_apart():
    held = held_requests(max_batch_images=1)
    twins = [delivery("twin"), delivery("twin")]
    held.put(twins)

    held.finish(held.next_batch(0.0))

    assert len(held.all()) == 1


def test_a_thread_that_waits_gets_what_another_one_puts():
    held = held_requests()
    timer = later(0.05, lambda: held.put([delivery("a")]))

    assert ids(held.next_batch(10.0)) == ["a"]
    timer.join()


def test_waiting_for_nothing_ends_in_time():
    started_at = time.monotonic()

    assert held_requests().next_batch(0.05) == []
    assert 0.05 <= time.monotonic() - started_at < 5.0


def test_one_batch_is_fetched_ahead_and_no_more():
    held = held_requests(max_batch_images=2)
    assert held.wait_for_room(0.0) == 2
    held.put([delivery("a"), delivery("b")])
    assert held.wait_for_room(0.0) == 0

    held.next_batch(0.0)

    assert held.wait_for_room(0.0) == 2


def test_room_is_told_to_a_thread_that_waits_for_it():
    held = held_requests(max_batch_images=1)
    held.put([delivery("a")])
    timer = later(0.05, lambda: held.next_batch(0.0))

    assert held.wait_for_room(10.0) == 1
    timer.join()


def test_without_lingering_a_request_is_computed_at_once():
    held = held_requests()
    held.put([delivery("a")])
    started_at = time.monotonic()

    held.next_batch(10.0)

    assert time.monotonic() - started_at < 5.0


def test_a_batch_that_lingers_takes_in_what_comes_meanwhile():
    held = held_requests(max_batch_images=2, batch_wait_seconds=20.0)
    held.put([delivery("a")])
    timer = later(0.05, lambda: held.put([delivery("b")]))
    started_at = time.monotonic()

    assert ids(held.next_batch(1.0)) == ["a", "b"]
    assert time.monotonic() - started_at < 10.0
    timer.join()


def test_a_batch_that_lingers_goes_when_its_time_is_over():
    held = held_requests(batch_wait_seconds=0.1)
    held.put([delivery("a")])
    started_at = time.monotonic()

    assert ids(held.next_batch(1.0)) == ["a"]
    assert 0.09 <= time.monotonic() - started_at < 5.0


def test_a_recovered_request_is_remembered_while_it_is_in_hand():
    held = held_requests()
    held.put([delivery("a"), delivery("b", is_recovered=True)])
    assert held.has_recovered()

    held.finish(held.next_batch(0.0))
    batch = held.next_batch(0.0)
    assert held.has_recovered()
    held.finish(batch)

    assert not held.has_recovered()


def test_nothing_is_lost_between_many_threads():
    held = held_requests(max_batch_images=3)
    names = [f"{number}" for number in range(300)]
    computed: list[str] = []
    lock = threading.Lock()

    all_put = threading.Event()

    def compute() -> None:
        while (batch := held.next_batch(0.05)) or not all_put.is_set():
            with lock:
                computed.extend(ids(batch))
            held.finish(batch)

    threads = [threading.Thread(target=compute) for _ in range(4)]
    for thread in threads:
        thread.start()
    for name in names:
        held.put([delivery(name)])
    all_put.set()
    for thread in threads:
        thread.join()

    assert sorted(computed) == sorted(names)
    assert held.all() == []
