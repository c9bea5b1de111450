"""What follows from a piece of work stays in the trace of who submitted the job."""

import threading
from dataclasses import dataclass, field

import pytest

from messaging.jobs.message import JobMessage
from messaging.jobs.outcomes import FanOut, NextStage
from messaging.jobs.record import JobRecord, read_record
from messaging.tracing.spans import carried
from tests.messaging.tracing.recorders import carrier, place, recorded
from workers.jobs.carrying_out import JobCarrier
from workers.jobs.errors import JobRefusedError
from workers.jobs.stages import Stage

SUBMITTED = carrier(3, 4)


def message(stage: int, task: int | None = None) -> JobMessage:
    return JobMessage("job", "tiny", 1, stage, task, trace=SUBMITTED)


def job_record() -> JobRecord:
    fields = {
        "id": "job",
        "kind": "counting",
        "model": "tiny",
        "params": "{}",
        "status": "running",
        "run": "1",
        "attempt": "1",
        "stage": "0",
        "created_ms": "0",
    }
    return read_record({name.encode(): value.encode() for name, value in fields.items()})


@dataclass
class Ledger:
    """Lets every stage begin, of whose tasks the first one is done."""

    failures: list[str] = field(default_factory=list)
    begun: str = "begun"

    def find(self, _job):
        return job_record()

    def begin_stage(self, _message):
        return self.begun

    def done_tasks(self, _job, _stage, tasks):
        return [True] + [False] * (tasks - 1)

    def start_task(self, _message):
        # As if another worker had done it by now.
        return "done", None

    def fail(self, _message, error):
        self.failures.append(error.code)


def carrier_of(ledger: Ledger) -> JobCarrier:
    stages = [
        Stage(lambda *_: {}, tasks=lambda _: 3),
        Stage(lambda *_: {}),
        Stage(lambda *_: {}),
    ]
    return JobCarrier(
        {"counting": stages}, ledger=ledger, store=None, turns=None, stopping=threading.Event()
    )


def test_tasks_that_are_handed_out_and_what_comes_after_them_carry_the_trace():
    with recorded() as spans:
        outcome = carrier_of(Ledger()).carry_out(message(0), threading.Event())

    assert isinstance(outcome, FanOut)
    assert [(task.task, task.trace) for task in outcome.tasks] == [
        (1, SUBMITTED),
        (2, SUBMITTED),
    ]
    assert outcome.then == message(1)
    assert place(spans.named("stage").parent) == (3, 4)


def test_the_next_stage_carries_the_trace_too():
    outcome = carrier_of(Ledger()).carry_out(message(1), threading.Event())

    assert isinstance(outcome, NextStage)
    assert outcome.message == message(2)


def test_a_task_is_recorded_with_its_number():
    with recorded() as spans:
        carrier_of(Ledger()).carry_out(message(0, task=2), threading.Event())

    done = spans.named("task")
    assert place(done.parent) == (3, 4)
    about = {"job": "job", "kind": "counting", "model": "tiny", "stage": 0, "task": 2}
    assert dict(done.attributes) == {f"vitrine.{name}": value for name, value in about.items()}


def test_a_piece_of_work_runs_within_its_span():
    within = []

    class Looking(Ledger):
        def begin_stage(self, message):
            within.append(carried())
            return super().begin_stage(message)

    with recorded() as spans:
        carrier_of(Looking()).carry_out(message(0), threading.Event())

    assert (
        within[0]["traceparent"].split("-")[2] == f"{spans.named('stage').context.span_id:016x}"
    )


@pytest.mark.parametrize("is_refused", [True, False])
def test_a_piece_of_work_that_fails_is_marked_in_its_trace(is_refused):
    class Failing(Ledger):
        def begin_stage(self, message):
            raise JobRefusedError("code", "detail") if is_refused else RuntimeError("broken")

    ledger = Failing()
    with recorded() as spans:
        if is_refused:
            carrier_of(ledger).carry_out(message(0), threading.Event())
        else:
            with pytest.raises(RuntimeError):
                carrier_of(ledger).carry_out(message(0), threading.Event())

    assert spans.named("stage").status.status_code.name == "ERROR"
    assert ledger.failures == (["code"] if is_refused else [])
