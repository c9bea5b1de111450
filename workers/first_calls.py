"""Compiled functions that give a job's turn at the device back while they are compiled.

TensorFlow traces and compiles a function when it is first called, which takes a second or more
for a large network and needs no device: requests need not wait for it.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from workers.device_turns import aside

Given = ParamSpec("Given")
Result = TypeVar("Result")


def first_call_aside(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let requests go first while a function is called for the first time.

    Args:
        function: compiled once, at its first call, for all the arguments it will be given.

    Returns:
        The function; called within a job's turn at the device, it gives the turn back for the
        length of the first call. Elsewhere it changes nothing.
    """
    was_called = False

    def call(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        nonlocal was_called
        if was_called:
            return function(*args, **kwargs)
        with aside():
            result = function(*args, **kwargs)
        was_called = True
        return result

    return call
