"""What waits goes by a clock that only counts on: that of the wall may jump by an hour."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("api_schemas", "core", "messaging", "service", "storage", "vitrine", "workers")

WALL_CLOCKS = {("time", "time"), ("datetime", "now"), ("datetime", "utcnow")}
"""Calls that tell the time of the wall."""

ALLOWED = {
    "messaging/jobs/runner.py": "BullMQ wants it; the sweep mends what a wrong one does",
    "messaging/access/store.py": "when a key was made and revoked, for people",
    "service/gate.py": "whether a key has expired, which is a date",
    "storage/datasets.py": "when a dataset was made; uploads count as lost after a day",
    "vitrine/commands/keys_create.py": "until when a key is good, which is a date",
    "vitrine/commands/keys_table.py": "the same",
}


def wall_clock_calls(source: str) -> int:
    """Count the calls that ask for the time of the wall."""
    return sum(
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in WALL_CLOCKS
        for node in ast.walk(ast.parse(source))
    )


FILES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def test_no_wait_of_ours_goes_by_a_clock_that_jumps():
    asking = {
        str(path.relative_to(ROOT))
        for path in FILES
        if wall_clock_calls(path.read_text(encoding="utf-8"))
    }

    assert asking == set(ALLOWED)


@pytest.mark.parametrize(
    ("source", "calls"),
    [
        ("import time\ntime.time()", 1),
        ("from datetime import datetime\ndatetime.now()", 1),
        ("import time\nuntil = time.monotonic() + 1", 0),
    ],
)
def test_a_clock_of_the_wall_is_recognized(source, calls):
    assert wall_clock_calls(source) == calls
