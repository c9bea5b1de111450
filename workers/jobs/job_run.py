"""What a job's handler is given of the job that it carries out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from storage.job_files import JobFiles

Step = TypeVar("Step")


@dataclass(frozen=True)
class Restored:
    """The last checkpoint of a stage."""

    done: int
    """Steps taken when it was stored."""
    state: bytes
    """What the handler gave."""


class JobRun(Protocol):
    """One run of one job; whoever implements it knows of queues and clocks."""

    @property
    def job_id(self) -> str:
        """The job's name."""

    @property
    def files(self) -> JobFiles:
        """The job's artifacts."""

    def restored(self, stage: str) -> Restored | None:
        """Give the last checkpoint of a stage; none to begin anew."""

    def slices(
        self,
        steps: Sequence[Step],
        *,
        stage: str,
        done: int = 0,
        checkpoint: Callable[[], bytes] | None = None,
    ) -> Iterator[Step]:
        """Go through the steps that are left of a stage.

        Args:
            steps: those that are left; each takes about 50 ms at most.
            stage: its name, for people and for the checkpoint.
            done: steps taken before.
            checkpoint: gives the stage's state, to be stored now and then.

        Raises:
            JobInterrupted: between two steps, after a checkpoint.
        """

    def preview(self, picture: bytes, *, step: int) -> None:
        """Show a small PNG to whoever follows the job."""
