"""What a kind of job is given of the run that carries it out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.progress import Step
from storage.job_files import JobFiles


@dataclass(frozen=True)
class Restored:
    """The last checkpoint of a stage."""

    done: int
    """Steps that it stands behind."""
    state: bytes
    """As the kind wrote it."""


class JobRun(Protocol):
    """One run of one task of a job: its files, its progress, and its turns at the device.

    A kind sees no Redis, no HTTP and no clock. It may be begun several times, on different
    workers: it goes on from `restored`, and doing a step twice changes nothing.
    """

    @property
    def job_id(self) -> str:
        """Of the job."""

    @property
    def files(self) -> JobFiles:
        """The job's artifacts and checkpoints."""

    def restored(self, stage: str) -> Restored | None:
        """Give the last checkpoint of a stage; none where it has to begin anew."""

    def slices(
        self,
        steps: Sequence[Step],
        *,
        stage: str,
        done: int = 0,
        checkpoint: Callable[[], bytes] | None = None,
    ) -> Iterator[Step]:
        """Go through the steps of a stage that are left; the loop's body has the device.

        Between two steps waiting requests go first, progress is told, and it is seen whether
        the job is still wanted.

        Args:
            steps: those left, each of about 50 ms at most.
            stage: name of what is done, for people.
            done: steps done before, as restored.
            checkpoint: writes the state behind the last step; called every few seconds, at the
                end, and before the job is interrupted.

        Raises:
            JobInterruptedError: the job is cancelled, handed back or no longer this worker's.
        """

    def off_device(
        self,
        steps: Sequence[Step],
        *,
        stage: str,
        done: int = 0,
        checkpoint: Callable[[], bytes] | None = None,
    ) -> Iterator[Step]:
        """Go through steps as `slices` does, but without the device: they do not need it."""

    def track(self, steps: Sequence[Step], /) -> Iterable[Step]:
        """Go through the passes of a long step, within the body of `slices`: a `Track`.

        Between two passes waiting requests go first, and it is seen whether the job is still
        wanted. The step as a whole counts as one.

        Raises:
            JobInterruptedError: as `slices` says; the step is as if it had not begun.
        """

    def enter(self, stage: str) -> None:
        """Tell that a stage begins; for one that does not go in slices."""

    def stop_if_unwanted(self) -> None:
        """See whether the job is still wanted; for what does not go in slices.

        Raises:
            JobInterruptedError: it is not.
        """

    def preview(self, picture: bytes) -> None:
        """Show a PNG of the result so far; may be called often, shown now and then."""
