"""What a kind of job consists of: stages one after another, each of one task or of many."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from messaging.jobs.keys import model_queue
from messaging.jobs.ledger import StageWeight
from workers.jobs.job_run import JobRun


@dataclass(frozen=True)
class JobOrder:
    """What was submitted."""

    job: str
    """ID of the job."""
    model: str
    """Name of the model that it is about."""
    params: Mapping[str, Any]
    """Of the kind, complete."""


def _one(_: JobOrder) -> int:
    return 1


def _queue_of_model(order: JobOrder) -> str:
    return model_queue(order.model)


CarryOutTask = Callable[[JobOrder, int, JobRun], dict[str, Any]]
"""Does one task, by its index; what it gives is the job's result if its stage is the last."""


@dataclass(frozen=True)
class Stage:
    """Tasks that may run side by side, on any number of workers."""

    carry_out: CarryOutTask
    tasks: Callable[[JobOrder], int] = _one
    """How many there are; the same at every call."""
    queue: Callable[[JobOrder], str] = _queue_of_model
    """Which workers they go to."""
    weight: float = 1.0
    """Of this stage's share in the time of the whole job, beside those of the others."""


def stage_weight(stages: Sequence[Stage], index: int, tasks: int) -> StageWeight:
    """Work out which part of the whole job a stage is."""
    total = sum(stage.weight for stage in stages)
    before = sum(stage.weight for stage in stages[:index])
    return StageWeight(before / total, stages[index].weight / total, tasks)
