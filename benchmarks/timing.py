"""Timing things side by side: taken in turn, so that a noisy machine is noisy for all alike."""

import statistics
import time
from collections.abc import Callable, Mapping


def interleaved_milliseconds(
    runs: Mapping[str, Callable[[], object]], *, rounds: int
) -> dict[str, float]:
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
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            started_at = time.perf_counter()
            run()
            times[name].append((time.perf_counter() - started_at) * 1e3)
    return {name: statistics.median(taken) for name, taken in times.items()}
