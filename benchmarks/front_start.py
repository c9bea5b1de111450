"""How long a front takes until it could answer, of a processor's time."""

import resource
import subprocess
import sys
from statistics import median

MAKE_THE_FRONT = """
from service.__main__ import make_app
from service.settings import ServiceSettings
app = make_app(ServiceSettings(redis_url="redis://127.0.0.1:1"))
"""
STARTS = 5


def front_start_seconds() -> float:
    """Make the application in fresh processes; the median of their processor seconds."""
    used = []
    for _ in range(STARTS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", MAKE_THE_FRONT], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(used)
