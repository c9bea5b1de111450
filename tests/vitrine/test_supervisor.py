"""Children are started in order, kept alive, given up and ended; none outlives its parent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from tests.vitrine.fakes import (
    DIE,
    SLEEP,
    STUBBORN,
    Watched,
    counting,
    eventually,
    program,
    starts,
)

ROOT = Path(__file__).resolve().parents[2]

# Other packages install a `tests` of their own, which would be found instead of ours.
SUPERVISE = """
import sys, types
sys.path.insert(0, sys.argv[2])
tests = sys.modules["tests"] = types.ModuleType("tests")
tests.__path__ = [f"{sys.argv[2]}/tests"]
from pathlib import Path
from tests.vitrine.fakes import IMPATIENT, SLEEP, counting, program
from vitrine.supervision.supervisor import Supervisor
folder = Path(sys.argv[1])
Supervisor(
    [program("a", counting(folder, SLEEP)), program("b", counting(folder, SLEEP))],
    policy=IMPATIENT, is_ready=lambda: True, when_ready=lambda: None,
    tell=lambda line: None, tell_line=lambda name, line: None,
).run()
"""


def is_gone(pid: int) -> bool:
    """Whether a process has ended; a zombie that nobody collects has."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_killed_child_is_started_again(tmp_path):
    with Watched([program("a", counting(tmp_path, SLEEP))]) as watched:
        assert eventually(lambda: len(starts(tmp_path)) == 1)
        os.kill(starts(tmp_path)[0], signal.SIGKILL)

        assert eventually(lambda: len(starts(tmp_path)) == 2)

    assert "a ended by SIGKILL" in watched.told
    assert watched.exit_code == 0


def test_a_child_that_dies_at_once_five_times_is_given_up(tmp_path):
    with Watched([program("a", SLEEP), program("b", counting(tmp_path, DIE))]) as watched:
        assert watched.ended() == 1

    assert len(starts(tmp_path)) == 5
    assert watched.told[-1] == "b cannot be kept running: giving up"
    assert "  cannot go on" in watched.told


def test_an_exit_code_that_says_hopeless_is_not_tried_again(tmp_path):
    code = counting(tmp_path, "import sys; sys.exit(3)")
    with Watched([program("a", code, hopeless_codes=frozenset({3}))]) as watched:
        assert watched.ended() == 1

    assert len(starts(tmp_path)) == 1
    assert "a ended with exit code 3" in watched.told


def test_a_child_waits_until_those_before_it_are_ready(tmp_path):
    ready = tmp_path / "ready"
    first = program("first", counting(tmp_path, SLEEP), is_ready=ready.exists)
    with Watched([first, program("second", counting(tmp_path, SLEEP))]):
        assert eventually(lambda: len(starts(tmp_path)) == 1)
        time.sleep(0.3)
        assert len(starts(tmp_path)) == 1

        ready.touch()

        assert eventually(lambda: len(starts(tmp_path)) == 2)


def test_children_are_ended_in_the_opposite_order_of_their_start(tmp_path):
    def noting(name: str) -> str:
        note = f"open({str(tmp_path / 'ends')!r}, 'a').write({name!r})"
        handler = f"lambda *_: ({note}, sys.exit(0))"
        return f"import signal, sys; signal.signal(signal.SIGTERM, {handler}); {SLEEP}"

    names = ["a", "b", "c"]
    with Watched([program(name, noting(name)) for name in names]) as watched:
        assert eventually(lambda: len(watched.lines) == 3)

    assert (tmp_path / "ends").read_text() == "cba"


def test_a_child_that_ignores_the_wish_to_end_is_killed(tmp_path):
    plan = program("a", counting(tmp_path, STUBBORN), end_seconds=0.3)
    with Watched([plan]) as watched:
        assert eventually(lambda: watched.lines)
        [pid] = starts(tmp_path)

    assert watched.exit_code == 0
    assert is_gone(pid)


def test_being_ready_is_told_once_when_it_becomes_true(tmp_path):
    ready = tmp_path / "ready"
    with Watched([program("a", SLEEP)], is_ready=ready.exists) as watched:
        assert eventually(lambda: watched.lines)
        assert watched.times_ready == 0

        ready.touch()

        assert eventually(lambda: watched.times_ready == 1)
        time.sleep(0.3)
    assert watched.times_ready == 1


def test_what_children_write_arrives_with_their_names():
    with Watched([program("a", SLEEP)]) as watched:
        assert eventually(lambda: watched.lines == [("a", "up")])


def test_stopping_during_the_start_ends_what_was_started(tmp_path):
    never = program("first", counting(tmp_path, SLEEP), is_ready=lambda: False)
    with Watched([never, program("second", SLEEP)]) as watched:
        assert eventually(lambda: len(starts(tmp_path)) == 1)

    assert watched.exit_code == 0
    assert is_gone(starts(tmp_path)[0])


def test_no_child_outlives_a_parent_that_was_killed(tmp_path):
    parent = subprocess.Popen([sys.executable, "-c", SUPERVISE, str(tmp_path), str(ROOT)])
    try:
        assert eventually(lambda: len(starts(tmp_path)) == 2)
        children = starts(tmp_path)
    finally:
        parent.kill()
        parent.wait()

    assert eventually(lambda: all(map(is_gone, children)))
