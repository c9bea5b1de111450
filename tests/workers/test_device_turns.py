"""Requests go first at the device, and jobs get through all the same."""

import threading
import time

import pytest

from tests.processes import wait_until
from workers.device_turns import DeviceTurns

SECONDS = 30.0


@pytest.fixture
def turns():
    return DeviceTurns()


class Visitors:
    """Threads that ask for the device; remembers in which order they got it."""

    def __init__(self, turns: DeviceTurns) -> None:
        self._turns = turns
        self.order: list[str] = []
        self._threads: list[threading.Thread] = []

    def come(self, name: str, *, urgent: bool) -> None:
        """Ask for the device in a thread, and leave it at once."""

        def visit() -> None:
            with self._turns.urgent() if urgent else self._turns.patient():
                self.order.append(name)

        thread = threading.Thread(target=visit)
        self._threads.append(thread)
        thread.start()

    def all_gone(self) -> None:
        """Wait until all have had it."""
        for thread in self._threads:
            thread.join(SECONDS)
            assert not thread.is_alive()


def test_a_request_goes_before_a_job_that_has_waited_longer(turns):
    visitors = Visitors(turns)
    with turns.patient():
        visitors.come("job", urgent=False)
        time.sleep(0.05)
        visitors.come("request", urgent=True)
        wait_until(lambda: turns._urgent == 1, "the request waits", seconds=SECONDS)

    visitors.all_gone()

    assert visitors.order == ["request", "job"]


def test_one_at_a_time_has_the_device(turns):
    inside, most = [0], [0]

    def visit(urgent: bool) -> None:
        for _ in range(50):
            with turns.urgent() if urgent else turns.patient():
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                time.sleep(0.0002)
                inside[0] -= 1

    threads = [threading.Thread(target=visit, args=(number % 2 == 0,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)

    assert most[0] == 1


def test_a_request_within_a_request_does_not_wait_for_itself(turns):
    with turns.urgent():
        with turns.urgent():
            pass
        visitors = Visitors(turns)
        visitors.come("job", urgent=False)
        time.sleep(0.05)
        assert visitors.order == []

    visitors.all_gone()
    assert visitors.order == ["job"]


def test_under_a_steady_load_of_requests_a_job_still_gets_its_turn(turns, monkeypatch):
    monkeypatch.setattr("workers.device_turns.PATIENCE_SECONDS", 0.2)
    ending = threading.Event()

    def ask_on_and_on() -> None:
        while not ending.is_set():
            with turns.urgent():
                time.sleep(0.005)

    threads = [threading.Thread(target=ask_on_and_on) for _ in range(3)]
    for thread in threads:
        thread.start()
    visitors = Visitors(turns)
    for number in range(3):
        visitors.come(f"slice {number}", urgent=False)
    try:
        visitors.all_gone()
    finally:
        ending.set()
        for thread in threads:
            thread.join(SECONDS)

    assert len(visitors.order) == 3


def test_a_slice_that_fails_gives_the_device_back(turns):
    with pytest.raises(ZeroDivisionError), turns.patient():
        raise ZeroDivisionError

    with turns.urgent():
        pass


def test_the_time_of_a_turn_is_counted_for_who_had_it_and_once(turns, monkeypatch):
    now = [50.0]
    monkeypatch.setattr("workers.device_turns.time.monotonic", lambda: now[0])

    with turns.urgent():
        now[0] += 2.0
        with turns.urgent():
            now[0] += 1.0
    with turns.patient():
        now[0] += 0.5

    assert (turns.request_seconds, turns.job_seconds) == (3.0, 0.5)


def test_a_job_lets_requests_go_first_within_its_turn(turns):
    visitors = Visitors(turns)
    with turns.patient():
        turns.give_way()
        visitors.come("request", urgent=True)
        wait_until(lambda: turns._urgent == 1, "the request waits", seconds=SECONDS)
        turns.give_way()
        visitors.order.append("job goes on")
        assert turns._owner == threading.get_ident()

    visitors.all_gone()

    assert visitors.order == ["request", "job goes on"]


def test_time_that_a_job_gives_away_within_its_turn_is_not_the_jobs(turns, monkeypatch):
    # However long the other thread takes to come.
    monkeypatch.setattr("workers.device_turns.PATIENCE_SECONDS", SECONDS)
    with turns.patient():
        visitors = Visitors(turns)
        visitors.come("request", urgent=True)
        wait_until(lambda: turns._urgent == 1, "the request waits", seconds=SECONDS)
        before = turns.request_seconds
        turns.give_way()

        assert turns.request_seconds > before
        assert turns._is_for_request is False
    visitors.all_gone()
