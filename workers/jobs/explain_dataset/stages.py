"""The stages of the job kind `explain-dataset`, put together."""

from collections.abc import Callable, Sequence
from typing import Any

from api_schemas.explain_dataset import ExplainDatasetParameters, dataset_estimate
from messaging.jobs.keys import CPU_QUEUE
from storage.dataset import Dataset
from storage.store import Store
from workers.jobs.dataset_images import tasks_of
from workers.jobs.datasets import dataset_of
from workers.jobs.explain_dataset.explaining import SHARD_IMAGES, explain
from workers.jobs.explain_dataset.looking import look
from workers.jobs.explain_dataset.summing_up import sum_up
from workers.jobs.job_run import JobRun
from workers.jobs.stages import JobOrder, Stage
from workers.model_pool import HostedModel

EXPLAIN_WEIGHT, LOOK_WEIGHT, SUM_UP_WEIGHT = 6.0, 4.0, 0.2
"""Shares of the whole time, roughly: progress is told by them."""


class ExplainDatasetStages:
    """What the stages need beside the order: models, datasets and the store."""

    def __init__(self, model_of: Callable[[str], HostedModel], store: Store) -> None:
        self._model_of = model_of
        self._store = store

    def stages(self) -> Sequence[Stage]:
        """List the stages."""
        return (
            Stage(self.explain, tasks=self.shards, weight=EXPLAIN_WEIGHT),
            Stage(self.look, tasks=self.shards, queue=lambda _: CPU_QUEUE, weight=LOOK_WEIGHT),
            Stage(self.sum_up, queue=lambda _: CPU_QUEUE, weight=SUM_UP_WEIGHT),
        )

    def shards(self, order: JobOrder) -> int:
        """Count the shards that the dataset is explained in; a dry run explains none."""
        parameters = _parameters(order)
        if parameters.dry_run:
            return 1
        images = len(self._dataset(parameters))
        return tasks_of(images, samples=parameters.samples, each=SHARD_IMAGES)

    def explain(self, order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
        """Explain the images of one shard."""
        parameters = _parameters(order)
        if not parameters.dry_run:
            model = self._model_of(order.model)
            explain(parameters, model, self._dataset(parameters), task, run)
        return {}

    def look(self, order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
        """Measure the maps of one shard."""
        parameters = _parameters(order)
        if not parameters.dry_run:
            look(parameters, self._dataset(parameters), task, run)
        return {}

    def sum_up(self, order: JobOrder, _task: int, run: JobRun) -> dict[str, Any]:
        """Write what all images come to; of a dry run, tell what it would cost."""
        parameters = _parameters(order)
        dataset = self._dataset(parameters)
        if parameters.dry_run:
            return dataset_estimate(parameters, images=len(dataset)).model_dump(mode="json")
        return sum_up(parameters, dataset, run, model=order.model, tasks=self.shards(order))

    def _dataset(self, parameters: ExplainDatasetParameters) -> Dataset:
        return dataset_of(self._store, parameters.dataset)


def _parameters(order: JobOrder) -> ExplainDatasetParameters:
    return ExplainDatasetParameters.model_validate(order.params)
