"""How far the fuzzing goes: a little with every run of the tests, far where it is asked for."""

import os

IS_LONG = os.environ.get("VITRINE_FUZZ") == "long"
"""Set by `make fuzz`."""


def inputs(usual: int, long: int) -> int:
    """Choose how many inputs there are to be."""
    return long if IS_LONG else usual
