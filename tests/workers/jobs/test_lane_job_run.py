"""Within a long step a job lets requests go first, and notices that it is not wanted."""

import threading
from types import SimpleNamespace

import pytest

from messaging.jobs.ledger import StageWeight
from messaging.jobs.message import JobMessage
from storage.folder_store import FolderStore
from storage.job_files import JobFiles
from workers.device_turns import DeviceTurns
from workers.jobs.interruptions import HandBackError, JobCancelledError
from workers.jobs.lane_job_run import LaneJobRun

TASK = SimpleNamespace(message=JobMessage("job", "tiny", 1, 0, None))
WHOLE = StageWeight(before=0.0, weight=1.0, tasks=1)


class Ledger:
    """Answers whether the job is wanted, and remembers what was reported."""

    def __init__(self):
        self.says = "wanted"
        self.reports = []

    def look(self, task):
        return self.says

    def report(self, task, progress, part):
        self.reports.append(progress)


@pytest.fixture
def ledger():
    return Ledger()


@pytest.fixture
def stopping():
    return threading.Event()


@pytest.fixture
def turns():
    return DeviceTurns()


@pytest.fixture
def run(ledger, stopping, turns, tmp_path, monkeypatch):
    monkeypatch.setattr("workers.jobs.lane_job_run.LOOK_SECONDS", -1.0)
    made = LaneJobRun(
        TASK,
        WHOLE,
        ledger=ledger,
        files=JobFiles(FolderStore(tmp_path), "job"),
        turns=turns,
        lost=threading.Event(),
        stopping=stopping,
    )
    yield made
    made.close()


def test_what_needs_no_device_leaves_it_to_others(run, turns):
    owners = [turns._owner for _ in run.off_device(range(3), stage="look")]
    held = [turns._owner for _ in run.slices(range(2), stage="explain")]

    assert owners == [None] * 3
    assert held == [threading.get_ident()] * 2


def test_steps_off_the_device_are_told_like_others(run, ledger):
    list(run.off_device(range(3), stage="look"))

    last = ledger.reports[-1]
    assert (last.stage, last.step, last.total, last.fraction) == ("look", 3, 3, 1.0)


def test_a_long_step_gives_way_between_its_passes(run, turns, monkeypatch):
    gave_way = []
    monkeypatch.setattr(turns, "give_way", lambda: gave_way.append(len(passes)))
    passes = []

    for _ in run.slices(range(1), stage="explain"):
        passes += run.track(range(4))
        passes_done = len(passes)

    assert passes_done == 4
    assert len(gave_way) == 3


def cancel(ledger, stopping):
    ledger.says = "cancelled"


def hand_back(ledger, stopping):
    stopping.set()


@pytest.mark.parametrize(
    ("interrupt", "error"), [(cancel, JobCancelledError), (hand_back, HandBackError)]
)
def test_a_long_step_is_interrupted_between_passes_and_keeps_the_steps_before(
    run, ledger, stopping, turns, interrupt, error
):
    finished, passes = [], []

    def go():
        for step in run.slices(
            range(5), stage="explain", checkpoint=lambda: repr(finished).encode()
        ):
            for one in run.track(range(10)):
                passes.append(one)
                if (step, one) == (2, 4):
                    interrupt(ledger, stopping)
            finished.append(step)

    with pytest.raises(error):
        go()
    run.close()

    assert passes == [*range(10)] * 2 + [*range(5)]
    kept = run.restored("explain")
    assert (kept.done, kept.state) == (2, b"[0, 1]")
    assert turns._owner is None
