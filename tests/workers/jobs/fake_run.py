"""A run that remembers everything and can be interrupted after any step."""

import numpy as np

from storage.folder_store import FolderStore
from storage.job_files import JobFiles
from workers.jobs.job_run import Restored


class InterruptedForTestError(Exception):
    """The job is to stop here."""


class FakeRun:
    """Is a `JobRun`; the next run of the same folder is given what this one stored."""

    def __init__(self, folder, *, stop_after=None, restored=None):
        self.job_id = "job"
        self.files = JobFiles(FolderStore(folder), "job")
        self.steps = []
        self.previews = []
        self.stored = restored
        self.passes = 0
        self._stop_after = stop_after

    def restored(self, stage):
        return self.stored

    def slices(self, steps, *, stage, done=0, checkpoint=None):
        for step in steps:
            if len(self.steps) == self._stop_after:
                raise InterruptedForTestError
            yield step
            self.steps.append(step)
            done += 1
            if checkpoint is not None:
                self.stored = Restored(done, checkpoint())

    def off_device(self, steps, *, stage, done=0, checkpoint=None):
        yield from self.slices(steps, stage=stage, done=done, checkpoint=checkpoint)

    def track(self, steps, /):
        for step in steps:
            self.passes += 1
            yield step

    def enter(self, stage):
        self.entered = stage

    def stop_if_unwanted(self):
        """Want the job still."""

    def preview(self, picture):
        self.previews.append(picture)

    def picture(self, path):
        """Decode an artifact."""
        from io import BytesIO

        from PIL import Image

        return np.array(Image.open(BytesIO(self.files.read_artifact(path))))
