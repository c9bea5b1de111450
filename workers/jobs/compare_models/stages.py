"""The stages of the job kind `compare-models`, put together.

Each model is shown the images by workers that host it, one model after the other: no worker
needs to host both.
"""

from collections.abc import Callable, Sequence
from typing import Any

from api_schemas.compare_models import CompareModelsParameters, comparison_estimate
from messaging.jobs.keys import CPU_QUEUE, model_queue
from storage.dataset import Dataset
from storage.store import Store
from workers.jobs.compare_models.comparing import compare
from workers.jobs.compare_models.showing import SHARD_IMAGES, show
from workers.jobs.compare_models.shown_files import Side
from workers.jobs.dataset_images import tasks_of
from workers.jobs.datasets import dataset_of
from workers.jobs.job_run import JobRun
from workers.jobs.stages import CarryOutTask, JobOrder, Stage
from workers.model_pool import HostedModel

SHOW_WEIGHT, COMPARE_WEIGHT = 4.5, 1.0
"""Shares of the whole time, roughly: progress is told by them."""


class CompareModelsStages:
    """What the stages need beside the order: models, datasets and the store."""

    def __init__(self, model_of: Callable[[str], HostedModel], store: Store) -> None:
        self._model_of = model_of
        self._store = store

    def stages(self) -> Sequence[Stage]:
        """List the stages."""
        return (
            Stage(self._show("first"), tasks=self.shards, weight=SHOW_WEIGHT),
            Stage(
                self._show("second"),
                tasks=self.shards,
                queue=lambda order: model_queue(order.params["other_model"]),
                weight=SHOW_WEIGHT,
            ),
            Stage(self.compare, queue=lambda _: CPU_QUEUE, weight=COMPARE_WEIGHT),
        )

    def shards(self, order: JobOrder) -> int:
        """Count the shards that the dataset is shown in; a dry run shows none."""
        parameters = _parameters(order)
        if parameters.dry_run:
            return 1
        images = len(self._dataset(parameters))
        return tasks_of(images, samples=parameters.samples, each=SHARD_IMAGES)

    def compare(self, order: JobOrder, _task: int, run: JobRun) -> dict[str, Any]:
        """Compare what both models were shown; of a dry run, tell what it would cost."""
        parameters = _parameters(order)
        dataset = self._dataset(parameters)
        if parameters.dry_run:
            return comparison_estimate(parameters, images=len(dataset)).model_dump(mode="json")
        return compare(parameters, dataset, run, tasks=self.shards(order))

    def _show(self, side: Side) -> CarryOutTask:
        """Make the stage that shows one of the models the images of a shard."""

        def show_shard(order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
            parameters = _parameters(order)
            if not parameters.dry_run:
                name = order.model if side == "first" else parameters.other_model
                show(
                    parameters,
                    self._model_of(name),
                    self._dataset(parameters),
                    side,
                    task,
                    run,
                )
            return {}

        return show_shard

    def _dataset(self, parameters: CompareModelsParameters) -> Dataset:
        return dataset_of(self._store, parameters.dataset)


def _parameters(order: JobOrder) -> CompareModelsParameters:
    return CompareModelsParameters.model_validate(order.params)
