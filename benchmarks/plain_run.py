"""A run of a job with nothing around it: no queue, no checkpoints, files in a folder."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from core.progress import Step
from storage.folder_store import FolderStore
from storage.job_files import JobFiles
from workers.jobs.job_run import Restored


class PlainRun:
    """Is a `JobRun` that does every step at once."""

    def __init__(self, folder: Path, job_id: str) -> None:
        self.job_id = job_id
        self.files = JobFiles(FolderStore(folder), job_id)

    def restored(self, stage: str) -> Restored | None:
        """Begin every stage anew."""
        return None

    def slices(
        self,
        steps: Sequence[Step],
        *,
        stage: str,
        done: int = 0,
        checkpoint: Callable[[], bytes] | None = None,
    ) -> Iterator[Step]:
        """Go through the steps and do nothing in between."""
        return iter(steps)

    def off_device(
        self,
        steps: Sequence[Step],
        *,
        stage: str,
        done: int = 0,
        checkpoint: Callable[[], bytes] | None = None,
    ) -> Iterator[Step]:
        """Go through the steps and do nothing in between."""
        return iter(steps)

    def track(self, steps: Sequence[Step], /) -> Iterable[Step]:
        """Go through the passes and do nothing in between."""
        return steps

    def enter(self, stage: str) -> None:
        """Tell nobody."""

    def stop_if_unwanted(self) -> None:
        """Go on."""

    def preview(self, picture: bytes) -> None:
        """Show nobody anything."""
