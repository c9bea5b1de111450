"""Servers under load are watched as what they are, and leave nothing behind when they end."""

import sys

import psutil
import pytest

from benchmarks.checked_load import CheckedLoad
from benchmarks.load_report import COLUMNS, VITRINE, Loaded, LoadTimes, text_of
from benchmarks.load_servers import Server, Taken, Watched, role_of, running, watched
from tests.processes import wait_until

BUSY_CHILD = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "while True: pass"])
"""
"""Ends at once and leaves a child behind that takes all the time it gets."""

BUSY = "while True: pass"


def children_of_group(group: int) -> list[psutil.Process]:
    """Find the processes that are left of a group."""
    return [
        one
        for one in psutil.process_iter(["status"])
        if one.info["status"] != psutil.STATUS_ZOMBIE and group_of(one) == group
    ]


def group_of(process: psutil.Process) -> int | None:
    try:
        with open(f"/proc/{process.pid}/stat", encoding="utf-8") as stat:
            return int(stat.read().rpartition(")")[2].split()[2])
    except OSError:
        return None


def test_what_a_server_leaves_behind_is_ended_with_it():
    with running([sys.executable, "-c", BUSY_CHILD], {}) as pid:
        wait_until(lambda: len(children_of_group(pid)) == 1, "its child is alone")

    wait_until(lambda: not children_of_group(pid), "nothing is left")


def test_the_processor_time_of_a_busy_server_is_seen():
    with running([sys.executable, "-c", BUSY], {}) as pid:
        with watched(Server(0, pid)) as seen:
            wait_until(lambda: seen.first, "it is looked at")
            (name,) = seen.first
            enough = seen.first[name].cpu_seconds + 0.5
            wait_until(lambda: psutil.Process(pid).cpu_times().user > enough, "it computes")

    assert seen.cpu_seconds > 0.3
    assert seen.last[name].megabytes > 1


@pytest.mark.parametrize(
    ("command", "role"),
    [
        ("python -P -m service", "front"),
        ("python -P -m workers", "worker"),
        ("/somewhere/valkey-server unixsocket:/tmp/x", "Redis"),
        ("python -m benchmarks.litserve_peer xplique folder 1", "LitServe"),
        ("sleep 1", "helper"),
    ],
)
def test_a_process_is_called_by_what_it_is(command, role):
    assert role_of(command.split()) == role


def test_a_row_has_a_cell_for_every_column_and_counts_what_was_asked_before():
    # Of 80 images asked alone and 20 under load, each took 10 ms of a processor.
    seen = CheckedLoad(20, 0, 0, 0, seconds=2.0, p50_ms=5.0, p99_ms=9.0, faults={})
    server = Loaded(seen, Watched({"front 1": Taken(10.0, 1.0)}, {"front 1": Taken(12.0, 2.0)}))
    times = LoadTimes(
        seconds=2.0,
        bare_images_per_second=40.0,
        servers={VITRINE: server},
        idle=seen,
        beside_job=seen,
        job_stage="layout, 20%",
        overloaded=seen,
        next_ms=7.0,
    )

    (row,) = [line for line in text_of(times).splitlines() if line.startswith(f"| {VITRINE} ")]

    cells = dict(zip(COLUMNS, row.strip("| ").split(" | "), strict=True))
    assert (cells["images/s"], cells["÷ bare"], cells["CPU ms"]) == ("10.0", "0.25", "10")
    assert "| front | 10 | 12 |" in text_of(times)
