"""The time of a task is shared out among its stages, and none of it is counted twice."""

import pytest

from workers.jobs.stage_times import StageTimes


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on when it is told to."""
    now = [100.0]
    monkeypatch.setattr("workers.jobs.stage_times.time.monotonic", lambda: now[0])

    def pass_by(seconds: float) -> None:
        now[0] += seconds

    return pass_by


def test_each_stage_has_the_time_until_the_next_begins(clock):
    times = StageTimes()
    clock(7.0)
    times.begin("collect")
    clock(2.0)
    times.begin("layout")
    clock(0.5)

    assert times.seconds() == {"collect": 2.0, "layout": 0.5}


def test_a_stage_that_goes_on_is_one_stage(clock):
    times = StageTimes()
    for stage in ("render", "assemble", "render"):
        times.begin(stage)
        clock(1.0)

    assert times.seconds() == {"render": 2.0, "assemble": 1.0}


def test_asking_twice_counts_nothing_twice(clock):
    times = StageTimes()
    times.begin("render")
    clock(1.0)

    assert times.seconds() == times.seconds() == {"render": 1.0}


def test_a_task_without_stages_has_no_times(clock):
    times = StageTimes()
    clock(1.0)

    assert times.seconds() == {}
