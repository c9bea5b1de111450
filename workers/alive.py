"""`python -m workers.alive`: whether a worker of this machine shows signs of life.

For health checks: a worker listens on no port, but tells Redis every second that it lives.
"""

import os
import socket
import sys

from redis.exceptions import RedisError

from messaging.connection import connect
from messaging.registry import live_workers

ANSWER_SECONDS = 3.0
"""Less than orchestrators wait for a health check."""

URL_VARIABLE = "VITRINE_WORKER_REDIS_URL"


def main() -> int:
    """Ask the Redis that this environment names; the process' exit code."""
    host = socket.gethostname()
    try:
        with connect(os.environ[URL_VARIABLE], reply_seconds=ANSWER_SECONDS) as connection:
            living = live_workers(connection)
    except (KeyError, ValueError, RedisError, OSError) as error:
        sys.stderr.write(f"redis cannot be asked: {type(error).__name__}\n")
        return 1
    # An ID is the machine's name, the process' number and a few random digits.
    if any(worker.rsplit("-", 2)[0] == host for worker in living):
        return 0
    sys.stderr.write(f"no worker of {host} shows a sign of life\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
