"""The stages of the job kind `patch-attack`, put together."""

from collections.abc import Callable, Sequence
from typing import Any

from api_schemas.patch_attack import PatchAttackParameters
from core.render.encode import encode_png
from messaging.jobs.keys import CPU_QUEUE
from storage.dataset import Dataset
from storage.job_files import JobFiles
from storage.store import Store
from workers.jobs.datasets import dataset_of
from workers.jobs.job_run import JobRun
from workers.jobs.patch_attack.attack_files import read_chosen, read_outcomes
from workers.jobs.patch_attack.attacking import attack, attack_tasks_of
from workers.jobs.patch_attack.choosing import choose
from workers.jobs.patch_attack.patch_sheet import drawn_patches
from workers.jobs.patch_attack.reporting import report
from workers.jobs.stages import JobOrder, Stage
from workers.model_pool import HostedModel

CHOOSE_WEIGHT, ATTACK_WEIGHT, REPORT_WEIGHT = 1.0, 20.0, 0.2
"""Shares of the whole time, roughly: progress is told by them."""


class PatchAttackStages:
    """What the stages need beside the order: models, datasets and the store."""

    def __init__(self, model_of: Callable[[str], HostedModel], store: Store) -> None:
        self._model_of = model_of
        self._store = store

    def stages(self) -> Sequence[Stage]:
        """List the stages."""
        return (
            Stage(self.choose, weight=CHOOSE_WEIGHT),
            Stage(self.attack, tasks=self.attack_tasks, weight=ATTACK_WEIGHT),
            Stage(self.report, queue=lambda _: CPU_QUEUE, weight=REPORT_WEIGHT),
        )

    def choose(self, order: JobOrder, _task: int, run: JobRun) -> dict[str, Any]:
        """Choose patches and images, and show the patches."""
        parameters, model = _parameters(order), self._model_of(order.model)
        atlas = JobFiles(self._store, parameters.atlas)
        chosen = choose(parameters, model, self._dataset(parameters), atlas, run)
        run.preview(encode_png(drawn_patches(chosen.patches.pictures, ())))
        return {}

    def attack_tasks(self, order: JobOrder) -> int:
        """Count the tasks that the images are attacked in."""
        return attack_tasks_of(len(read_chosen(JobFiles(self._store, order.job)).numbers))

    def attack(self, order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
        """Attack some images."""
        parameters, model = _parameters(order), self._model_of(order.model)
        attack(parameters, model, self._dataset(parameters), task, run)
        return {}

    def report(self, order: JobOrder, _task: int, run: JobRun) -> dict[str, Any]:
        """Sum up and write the artifacts."""
        run.enter("report")
        parameters = _parameters(order)
        chosen = read_chosen(run.files)
        outcome = read_outcomes(run.files, tasks=self.attack_tasks(order))
        dataset = self._dataset(parameters)
        return report(parameters, dataset, run.files, chosen, outcome, model=order.model)

    def _dataset(self, parameters: PatchAttackParameters) -> Dataset:
        return dataset_of(self._store, parameters.dataset)


def _parameters(order: JobOrder) -> PatchAttackParameters:
    return PatchAttackParameters.model_validate(order.params)
