"""Timing things side by side: taken in turn, so that a noisy machine is noisy for all alike."""

import statistics
import time
from collections.abc import Callable, Mapping

Run = Callable[[], object]

FEWEST_ROUNDS, MOST_ROUNDS = 3, 15


def interleaved_milliseconds(runs: Mapping[str, Run], *, rounds: int) -> dict[str, float]:
    """Time several functions in turn, round by round.

    Args:
        runs: what to time, by name; each is first called twice to warm up.
        rounds: how often each is timed.

    Returns:
        The median time of each, in ms.
    """
    for run in runs.values():
        run()
        run()
    return medians(runs, rounds=rounds, clock=time.perf_counter)


def cpu_milliseconds(runs: Mapping[str, Run], *, rounds: int) -> dict[str, float]:
    """Take the processor time of several functions, which neighbours hardly change.

    Args:
        runs: what to time, by name; each is first called twice to warm up.
        rounds: how often each is timed.

    Returns:
        The median time of each in ms, of all its threads together.
    """
    for run in runs.values():
        run()
        run()
    return medians(runs, rounds=rounds, clock=time.process_time)


def milliseconds_within(runs: Mapping[str, Run], *, seconds: float) -> dict[str, float]:
    """Time several functions in turn, for as many rounds as there is time for.

    Args:
        runs: what to time, by name; each is first called once, to trace it.
        seconds: for all rounds together; 3 rounds at least and 15 at most are run.

    Returns:
        The median time of each, in ms.
    """
    for run in runs.values():
        run()
    started_at = time.perf_counter()
    for run in runs.values():
        run()
    round_seconds = time.perf_counter() - started_at
    rounds = int(min(max(seconds / round_seconds, FEWEST_ROUNDS), MOST_ROUNDS))
    return medians(runs, rounds=rounds, clock=time.perf_counter)


def medians(
    runs: Mapping[str, Run], *, rounds: int, clock: Callable[[], float]
) -> dict[str, float]:
    """Time what has been warmed up by a clock of seconds; the median of each, in ms."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            started_at = clock()
            run()
            times[name].append((clock() - started_at) * 1e3)
    return {name: statistics.median(taken) for name, taken in times.items()}
