"""A counting worker whose clock a test can set, as an operator or a time server would.

    python -m tests.messaging.jobs.shifted_worker CLOCK REDIS_URL STORE [LEASE_MS]

CLOCK is a file that holds by how many seconds the clock is ahead; it is read whenever somebody
asks for the time. The clock that only counts on (`time.monotonic`) is left alone, as it is on a
real machine.
"""

import sys
import time
from pathlib import Path

from tests.messaging.jobs import counting_worker


def shift_clock(clock: Path) -> None:
    """Have everybody in this process be told the time that the file says."""
    true_time = time.time
    time.time = lambda: true_time() + float(clock.read_text())


if __name__ == "__main__":
    shift_clock(Path(sys.argv[1]))
    sys.exit(counting_worker.main(*sys.argv[2:]))
