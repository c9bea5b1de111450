"""The stages of the job kind `strongest-images`, put together."""

from collections.abc import Callable, Sequence
from typing import Any

from api_schemas.strongest_images import StrongestImagesParameters
from messaging.jobs.keys import CPU_QUEUE
from storage.dataset import Dataset
from storage.store import Store
from workers.jobs.dataset_images import tasks_of
from workers.jobs.datasets import dataset_of
from workers.jobs.job_run import JobRun
from workers.jobs.stages import JobOrder, Stage
from workers.jobs.strongest_images.scanning import SHARD_IMAGES, scan
from workers.jobs.strongest_images.showing import show
from workers.model_pool import HostedModel

SCAN_WEIGHT, SHOW_WEIGHT = 3.0, 1.0
"""Shares of the whole time, roughly: progress is told by them."""


class StrongestImagesStages:
    """What the stages need beside the order: models, datasets and the store."""

    def __init__(self, model_of: Callable[[str], HostedModel], store: Store) -> None:
        self._model_of = model_of
        self._store = store

    def stages(self) -> Sequence[Stage]:
        """List the stages."""
        return (
            Stage(self.scan, tasks=self.shards, weight=SCAN_WEIGHT),
            Stage(self.show, queue=lambda _: CPU_QUEUE, weight=SHOW_WEIGHT),
        )

    def shards(self, order: JobOrder) -> int:
        """Count the shards that the dataset is looked at in."""
        parameters = _parameters(order)
        images = len(self._dataset(parameters))
        return tasks_of(images, samples=parameters.samples, each=SHARD_IMAGES)

    def scan(self, order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
        """Look at the images of one shard."""
        parameters = _parameters(order)
        model = self._model_of(order.model)
        scan(parameters, model, self._dataset(parameters), task, run)
        return {}

    def show(self, order: JobOrder, _task: int, run: JobRun) -> dict[str, Any]:
        """Write which images are the strongest, and what they look like."""
        parameters = _parameters(order)
        return show(
            parameters,
            self._dataset(parameters),
            run,
            model=order.model,
            tasks=self.shards(order),
        )

    def _dataset(self, parameters: StrongestImagesParameters) -> Dataset:
        return dataset_of(self._store, parameters.dataset)


def _parameters(order: JobOrder) -> StrongestImagesParameters:
    return StrongestImagesParameters.model_validate(order.params)
