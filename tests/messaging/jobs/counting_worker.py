"""A worker process without TensorFlow whose jobs count in Redis how often every step ran.

    python -m tests.messaging.jobs.counting_worker REDIS_URL STORE [LEASE_MS]

Kinds: `count` goes through `steps` steps; `shards` does so in `shards` tasks and then sums up;
`killer` ends its own process; `broken` raises; `refused` is refused. Each step takes
`step_seconds`, and counts at `steps:<job>:<task>`, a hash of the step.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

import psutil
import redis

from core.errors import LayerNotFoundError
from messaging.jobs.runner import WORKER_OPTIONS
from messaging.json_log import configure_log
from storage.store import open_store
from workers.device_turns import DeviceTurns
from workers.jobs.job_lane import job_lane
from workers.jobs.job_run import JobRun
from workers.jobs.stages import JobOrder, Stage

MODEL = "tiny"

LOOK_SECONDS = 0.05


class CountingJobs:
    """The kinds, and the connection that they count over."""

    def __init__(self, connection: redis.Redis) -> None:
        self._connection = connection

    def count(self, order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
        """Count steps, going on behind the last checkpoint."""
        restored = run.restored("count")
        done = restored.done if restored else 0
        total = order.params["steps"]
        key = f"steps:{order.job}:{task}"
        self._connection.rpush(f"begun:{order.job}:{task}", done)
        for step in run.slices(
            range(done, total), stage="count", done=done, checkpoint=lambda: b"state"
        ):
            self._enter(order, task)
            self._connection.hincrby(key, step, 1)
            time.sleep(order.params.get("step_seconds", 0.0))
            run.preview(b"PNG")
            self._leave(order, task)
        padding = bytes(order.params.get("padding_bytes", 0))
        run.files.write_artifact(f"counted/{task}.txt", b"%d steps" % total + padding)
        return {"steps": total}

    def sum_up(self, order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
        """Add up what the shards have written."""
        self._connection.incr(f"summed:{order.job}")
        texts = [
            run.files.read_artifact(f"counted/{shard}.txt")
            for shard in range(order.params["shards"])
        ]
        return {"steps": sum(int(text.split()[0]) for text in texts)}

    def kill(self, order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
        """End the process as an exhausted memory would."""
        self._connection.incr(f"begun:{order.job}")
        os.kill(os.getpid(), signal.SIGKILL)
        return {}

    def break_down(self, order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
        """Fail for no good reason."""
        self._connection.incr(f"begun:{order.job}")
        raise ZeroDivisionError("a secret of the worker's")

    def refuse(self, order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
        """Refuse, since the model has no such layer."""
        self._connection.incr(f"begun:{order.job}")
        raise LayerNotFoundError("conv9", ["conv1", "conv2"])

    def kinds(self) -> Mapping[str, tuple[Stage, ...]]:
        """Tabulate the kinds."""
        return {
            "count": (Stage(self.count),),
            "stages": (Stage(self.count), Stage(self.count, weight=3.0)),
            "shards": (
                Stage(self.count, tasks=lambda order: int(order.params["shards"])),
                Stage(self.sum_up),
            ),
            "killer": (Stage(self.kill),),
            "broken": (Stage(self.break_down),),
            "refused": (Stage(self.refuse),),
        }

    def _enter(self, order: JobOrder, task: int) -> None:
        """Note whether two processes are ever inside the same task at once."""
        key = f"inside:{order.job}:{task}"
        holder = self._connection.set(key, os.getpid(), nx=True, get=True, ex=20)
        if holder is not None and int(holder) != os.getpid() and _lives(int(holder)):
            self._connection.incr(f"overlaps:{order.job}")

    def _leave(self, order: JobOrder, task: int) -> None:
        self._connection.delete(f"inside:{order.job}:{task}")


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def main(url: str, store: str, lease_ms: str = "") -> int:
    """Take jobs until SIGTERM."""
    configure_log()
    if lease_ms:
        WORKER_OPTIONS["lockDuration"] = int(lease_ms)
        WORKER_OPTIONS["stalledInterval"] = int(lease_ms) // 3
    connection = redis.Redis.from_url(url)
    stopping = threading.Event()
    lane = job_lane(
        url,
        CountingJobs(connection).kinds(),
        models=[MODEL],
        store=open_store(store),
        turns=DeviceTurns(),
        stopping=stopping,
    )
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    lane.start()
    connection.sadd("counting-workers", os.getpid())
    while lane.is_running and not stopping.wait(LOOK_SECONDS):
        pass
    lane.stop()
    lane.join(10.0)
    return 0 if stopping.is_set() else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
