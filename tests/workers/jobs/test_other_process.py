"""Computation in another process: its refusals, its failures, and its end with ours."""

import json
import time

import pytest

from storage.errors import StoreFullError
from workers.jobs.errors import JobRefusedError
from workers.jobs.interruptions import JobCancelledError
from workers.jobs.other_process import OtherProcessError, run_elsewhere


def go_on() -> None:
    """Want the job still."""


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Write a module that a process can run; gives its name."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def write(code: str) -> str:
        (tmp_path / "elsewhere.py").write_text(f"import json, sys\n{code}\n")
        return "elsewhere"

    return write


def test_the_order_arrives_and_the_process_is_waited_for(module, tmp_path):
    written = tmp_path / "order.json"
    name = module(f"order = sys.stdin.readline()\nopen({str(written)!r}, 'w').write(order)")

    run_elsewhere(name, {"job": "one", "shards": 3}, stop_if_unwanted=go_on)

    assert json.loads(written.read_text()) == {"job": "one", "shards": 3}


def test_a_refusal_comes_back_with_its_code(module):
    refusal = {"code": "too_few_points", "detail": "three are not enough"}
    name = module(f"print(json.dumps({refusal!r}))\nsys.exit(3)")

    with pytest.raises(JobRefusedError) as refused:
        run_elsewhere(name, {}, stop_if_unwanted=go_on)

    assert (refused.value.code, refused.value.detail) == tuple(refusal.values())


def test_a_store_without_room_comes_back_as_what_it_is(module):
    with pytest.raises(StoreFullError):
        run_elsewhere(module("sys.exit(5)"), {}, stop_if_unwanted=go_on)


def test_a_failure_is_one_of_ours_and_not_a_refusal(module):
    with pytest.raises(OtherProcessError, match="exit code 1"):
        run_elsewhere(module("sys.exit(1)"), {}, stop_if_unwanted=go_on)


def test_a_job_that_is_cancelled_meanwhile_ends_the_process_at_once(module, tmp_path):
    late = tmp_path / "late"
    name = module(f"import time\ntime.sleep(3)\nopen({str(late)!r}, 'w')")
    looks = iter([None, None, JobCancelledError()])

    def stop() -> None:
        interruption = next(looks)
        if interruption is not None:
            raise interruption

    with pytest.raises(JobCancelledError):
        run_elsewhere(name, {}, stop_if_unwanted=stop)

    time.sleep(3.0)
    assert not late.exists()
