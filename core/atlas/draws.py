"""Random orders that are the same on every machine and with every version of NumPy.

Source: Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3" (2011): a counter-based
generator, keyed by the seed and by what is drawn for, needs no state that workers would share.
NumPy keeps the raw numbers of its generators the same for ever, but not what it makes of them.
"""

import numpy as np
from jaxtyping import Int

Order = Int[np.ndarray, " count"]


def random_order(count: int, *, seed: int, stream: int) -> Order:
    """Shuffle 0..count-1.

    Args:
        count: how many.
        seed: of the whole atlas, 0 or more.
        stream: what is drawn for, 0 or more; each has an order of its own.

    Returns:
        [count] int64, each number once.
    """
    key = np.array([seed, stream], np.uint64)
    return np.argsort(np.random.Philox(key=key).random_raw(count), kind="stable")


def random_rows(count: int, *, limit: int, seed: int, stream: int) -> Order:
    """Choose at most so many of 0..count-1: ascending int64, all of them if they are few."""
    if count <= limit:
        return np.arange(count)
    return np.sort(random_order(count, seed=seed, stream=stream)[:limit])
