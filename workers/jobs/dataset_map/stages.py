"""The stages of the job kind `dataset-map`, put together: an atlas' own, but for the icons."""

from collections.abc import Callable, Sequence
from typing import Any

from api_schemas.dataset_map import DATASET_MAP, DatasetMapParameters, map_estimate
from core.atlas.members import NOBODY, Members
from messaging.jobs.keys import CPU_QUEUE
from storage.dataset import Dataset
from storage.job_files import JobFiles
from storage.store import Store
from workers.jobs.atlas.assembling import DrawnAtlas, all_icons, assemble
from workers.jobs.atlas.atlas_files import read_layout
from workers.jobs.atlas.collecting import collect, shards_of
from workers.jobs.atlas.early_preview import show_early
from workers.jobs.atlas.laying_out import summaries
from workers.jobs.atlas.layout_elsewhere import lay_out_elsewhere
from workers.jobs.dataset_map.collecting import map_collection
from workers.jobs.dataset_map.image_icons import fetch_icons, icon_tasks_of
from workers.jobs.dataset_map.laying_out import read_members
from workers.jobs.datasets import dataset_of
from workers.jobs.job_run import JobRun
from workers.jobs.stages import JobOrder, Stage
from workers.model_pool import HostedModel

COLLECT_WEIGHT, LAYOUT_WEIGHT, FETCH_WEIGHT, ASSEMBLE_WEIGHT = 4.0, 2.0, 1.0, 0.2
"""Shares of the whole time, roughly: progress is told by them."""


class DatasetMapStages:
    """What the stages need beside the order: models, datasets and the store."""

    def __init__(
        self, model_of: Callable[[str], HostedModel], store: Store, *, store_url: str
    ) -> None:
        self._model_of = model_of
        self._store = store
        self._store_url = store_url

    def stages(self) -> Sequence[Stage]:
        """List the stages."""
        return (
            Stage(self.collect, tasks=self.shards, weight=COLLECT_WEIGHT),
            Stage(self.lay_out, queue=lambda _: CPU_QUEUE, weight=LAYOUT_WEIGHT),
            Stage(
                self.fetch,
                tasks=self.icon_tasks,
                queue=lambda _: CPU_QUEUE,
                weight=FETCH_WEIGHT,
            ),
            Stage(self.assemble, queue=lambda _: CPU_QUEUE, weight=ASSEMBLE_WEIGHT),
        )

    def shards(self, order: JobOrder) -> int:
        """Count the shards that the dataset is collected in; a dry run collects none."""
        parameters = _parameters(order)
        if parameters.dry_run:
            return 1
        return shards_of(parameters.samples, images=len(self._dataset(parameters)))

    def collect(self, order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
        """Collect one shard."""
        parameters = _parameters(order)
        if parameters.dry_run:
            return {}
        collection = map_collection(parameters, self._model_of(order.model))
        return collect(collection, self._dataset(parameters), task, run)

    def lay_out(self, order: JobOrder, _task: int, run: JobRun) -> dict[str, Any]:
        """Lay out what was collected, in a process without TensorFlow."""
        parameters = _parameters(order)
        if not parameters.dry_run:
            shards, url = self.shards(order), self._store_url
            lay_out_elsewhere(DATASET_MAP, parameters, run, store_url=url, shards=shards)
        return {}

    def icon_tasks(self, order: JobOrder) -> int:
        """Count the tasks that the icons of all cells are made in."""
        if _parameters(order).dry_run:
            return 1
        return icon_tasks_of(read_layout(JobFiles(self._store, order.job)).cells)

    def fetch(self, order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
        """Make the icons of some cells; the coarsest grid is shown as soon as it is there."""
        parameters = _parameters(order)
        if parameters.dry_run:
            return {}
        fetch_icons(self._dataset(parameters), task, run, size=parameters.icon_size)
        labels = summaries(run.files, shards=1)[0].classes
        layout = read_layout(run.files)
        show_early(layout, task, run, tasks_of=icon_tasks_of, labels=labels)
        return {}

    def assemble(self, order: JobOrder, _task: int, run: JobRun) -> dict[str, Any]:
        """Write the artifacts; of a dry run, tell what it would cost."""
        parameters = _parameters(order)
        if parameters.dry_run:
            images = len(self._dataset(parameters))
            return map_estimate(parameters, images=images).model_dump(mode="json")
        run.enter("assemble")
        layout = read_layout(run.files)
        drawn = DrawnAtlas(
            "dataset-map",
            layout,
            icons=all_icons(run.files, tasks=icon_tasks_of(layout.cells)),
            shards=summaries(run.files, shards=self.shards(order)),
            images=paths_of(self._dataset(parameters), read_members(run.files)),
        )
        return assemble(run.files, parameters, drawn, model=order.model)

    def _dataset(self, parameters: DatasetMapParameters) -> Dataset:
        return dataset_of(self._store, parameters.dataset)


def paths_of(dataset: Dataset, members: Members) -> list[tuple[str, ...]]:
    """Name the images that stand for each cell."""
    names = {number: dataset[number].path for number in sorted(set(members.ravel()) - {NOBODY})}
    return [tuple(names[number] for number in row if number != NOBODY) for row in members]


def _parameters(order: JobOrder) -> DatasetMapParameters:
    return DatasetMapParameters.model_validate(order.params)
