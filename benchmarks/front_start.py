"""How long a front takes until it answers, of a processor's time."""

import os
import subprocess
import sys
from statistics import median

import psutil

from benchmarks.free_port import LOCALHOST, free_port
from benchmarks.waiting import wait_until_answers

STARTS = 5
LOOK_SECONDS = 0.02
"""Between looks whether it answers; each costs it a little."""
LIMIT_SECONDS = 60.0


def front_start_seconds() -> float:
    """Start fronts, one after another; the median of their processor seconds until they answer.

    Raises:
        httpx.HTTPError: one does not answer.
    """
    return median(one_start() for _ in range(STARTS))


def one_start() -> float:
    """Start a front, and end it when it has said that it lives."""
    port = free_port()
    settings = {
        "VITRINE_SERVICE_REDIS_URL": f"redis://{LOCALHOST}:1",
        "VITRINE_SERVICE_HOST": LOCALHOST,
        "VITRINE_SERVICE_PORT": str(port),
    }
    front = subprocess.Popen(
        [sys.executable, "-m", "service"],
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_answers(
            f"http://{LOCALHOST}:{port}/healthz/live",
            limit_seconds=LIMIT_SECONDS,
            look_seconds=LOOK_SECONDS,
        )
        times = psutil.Process(front.pid).cpu_times()
        return float(times.user + times.system)
    finally:
        front.terminate()
        front.wait()
