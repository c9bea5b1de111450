"""What a piece of work came to, as far as handing out more work is concerned."""

from collections.abc import Sequence
from dataclasses import dataclass

from messaging.jobs.message import JobMessage


@dataclass(frozen=True)
class Done:
    """Nothing follows from it here."""


@dataclass(frozen=True)
class HandedBack:
    """This worker ends; another one is to take it at once, and no failure is counted."""


@dataclass(frozen=True)
class NextStage:
    """Another queue goes on with the job."""

    message: JobMessage
    queue: str


@dataclass(frozen=True)
class FanOut:
    """Tasks for any number of workers; once all are done, `then` is handed out."""

    tasks: Sequence[JobMessage]
    queue: str
    then: JobMessage
    then_queue: str


Outcome = Done | HandedBack | NextStage | FanOut
