"""The first call of a compiled function leaves the device to requests; the others do not."""

import threading

import pytest

from workers.device_turns import DeviceTurns
from workers.first_calls import first_call_aside

PATIENCE_SECONDS = 0.3
"""Of a call that sees whether a request gets the device meanwhile."""


class Compiled:
    """Stands for a compiled function; tells who had the device during each call."""

    def __init__(self, turns):
        self._turns = turns
        self.came_between = []

    def __call__(self, number):
        has_come = threading.Event()

        def ask():
            with self._turns.urgent():
                has_come.set()

        threading.Thread(target=ask).start()
        self.came_between.append(has_come.wait(PATIENCE_SECONDS))
        return number + 1


def test_requests_have_the_device_while_a_job_compiles_and_wait_while_it_computes():
    turns = DeviceTurns()
    compiled = Compiled(turns)
    function = first_call_aside(compiled)

    with turns.patient():
        answers = [function(1), function(2), function(3)]

    assert answers == [2, 3, 4]
    assert compiled.came_between == [True, False, False]


def test_a_request_keeps_the_device_while_it_compiles():
    turns = DeviceTurns()
    compiled = Compiled(turns)

    with turns.urgent():
        first_call_aside(compiled)(1)

    assert compiled.came_between == [False]


def test_without_a_device_it_is_an_ordinary_call():
    assert first_call_aside(lambda number: number + 1)(1) == 2


def test_a_first_call_that_fails_gives_the_device_back_all_the_same():
    turns = DeviceTurns()
    calls = []

    def fails_once():
        calls.append(turns._owner)
        if len(calls) == 1:
            raise ValueError("not yet")

    function = first_call_aside(fails_once)
    with turns.patient():
        own = threading.get_ident()
        with pytest.raises(ValueError, match="not yet"):
            function()
        assert turns._owner == own
        function()
        function()

    # Not the owner until it has succeeded once.
    assert calls == [None, None, own]
    assert turns._owner is None
