"""The stages of the job kind `atlas`, put together."""

from collections.abc import Callable, Sequence
from typing import Any

from api_schemas.atlas import ATLAS, AtlasParameters, estimate
from messaging.jobs.keys import CPU_QUEUE
from storage.dataset import Dataset
from storage.job_files import JobFiles
from storage.store import Store
from workers.jobs.atlas.assembling import DrawnAtlas, all_icons, assemble, kind_of
from workers.jobs.atlas.atlas_files import read_layout
from workers.jobs.atlas.collecting import atlas_collection, collect, shards_of
from workers.jobs.atlas.early_preview import show_early
from workers.jobs.atlas.laying_out import summaries
from workers.jobs.atlas.layout_elsewhere import lay_out_elsewhere
from workers.jobs.atlas.rendering import IconKind, render
from workers.jobs.datasets import dataset_of
from workers.jobs.job_run import JobRun
from workers.jobs.stages import JobOrder, Stage
from workers.model_pool import HostedModel

COLLECT_WEIGHT, LAYOUT_WEIGHT, RENDER_WEIGHT, ASSEMBLE_WEIGHT = 2.0, 2.0, 6.0, 0.2
"""Shares of the whole time, roughly: progress is told by them."""


class AtlasStages:
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
            Stage(self.render, tasks=self.icon_tasks, weight=RENDER_WEIGHT),
            Stage(self.assemble, weight=ASSEMBLE_WEIGHT),
        )

    def shards(self, order: JobOrder) -> int:
        """Count the shards that the dataset is collected in; a dry run collects none."""
        parameters = _parameters(order)
        if parameters.dry_run:
            return 1
        images = len(self._dataset(parameters))
        return shards_of(parameters.chosen_quality().samples, images=images)

    def collect(self, order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
        """Collect one shard."""
        parameters = _parameters(order)
        if parameters.dry_run:
            return {}
        collection = atlas_collection(parameters, self._model_of(order.model))
        return collect(collection, self._dataset(parameters), task, run)

    def lay_out(self, order: JobOrder, _task: int, run: JobRun) -> dict[str, Any]:
        """Lay out what was collected, in a process without TensorFlow."""
        parameters = _parameters(order)
        if not parameters.dry_run:
            shards = self.shards(order)
            lay_out_elsewhere(ATLAS, parameters, run, store_url=self._store_url, shards=shards)
        return {}

    def icon_tasks(self, order: JobOrder) -> int:
        """Count the tasks that the icons of all cells are made in."""
        parameters = _parameters(order)
        if parameters.dry_run:
            return 1
        files = JobFiles(self._store, order.job)
        return _icon_kind(files, parameters).tasks(read_layout(files).cells)

    def render(self, order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
        """Make the icons of some cells; the coarsest grid is shown as soon as it is there."""
        parameters = _parameters(order)
        if not parameters.dry_run:
            about = summaries(run.files, shards=1)[0]
            model = self._model_of(order.model)
            layout = render(parameters, model, about.layer, task, run)
            kind = IconKind.of(parameters, about.layer)
            show_early(layout, task, run, tasks_of=kind.tasks, labels=about.classes)
        return {}

    def assemble(self, order: JobOrder, _task: int, run: JobRun) -> dict[str, Any]:
        """Write the artifacts; of a dry run, tell what it would cost."""
        parameters = _parameters(order)
        if parameters.dry_run:
            images = len(self._dataset(parameters))
            return estimate(parameters, images=images).model_dump(mode="json")
        run.enter("assemble")
        shards = summaries(run.files, shards=self.shards(order))
        layout = read_layout(run.files)
        kind = IconKind.of(parameters, shards[0].layer)
        icons = all_icons(run.files, tasks=kind.tasks(layout.cells))
        drawn = DrawnAtlas(kind_of(layout), layout, icons, shards)
        return assemble(run.files, parameters, drawn, model=order.model)

    def _dataset(self, parameters: AtlasParameters) -> Dataset:
        return dataset_of(self._store, parameters.dataset)


def _parameters(order: JobOrder) -> AtlasParameters:
    return AtlasParameters.model_validate(order.params)


def _icon_kind(files: JobFiles, parameters: AtlasParameters) -> IconKind:
    return IconKind.of(parameters, summaries(files, shards=1)[0].layer)
