"""The kinds of job that a worker carries out, each a sequence of stages."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from api_schemas.activation_maximization import (
    ACTIVATION_MAXIMIZATION,
    ActivationMaximizationParameters,
)
from api_schemas.atlas import ATLAS
from api_schemas.compare_models import COMPARE_MODELS
from api_schemas.dataset_map import DATASET_MAP
from api_schemas.explain_dataset import EXPLAIN_DATASET
from api_schemas.patch_attack import PATCH_ATTACK
from api_schemas.strongest_images import STRONGEST_IMAGES
from storage.store import Store
from workers.jobs.activation_maximization import activation_maximization
from workers.jobs.atlas.stages import AtlasStages
from workers.jobs.compare_models.stages import CompareModelsStages
from workers.jobs.dataset_map.stages import DatasetMapStages
from workers.jobs.explain_dataset.stages import ExplainDatasetStages
from workers.jobs.job_run import JobRun
from workers.jobs.patch_attack.stages import PatchAttackStages
from workers.jobs.stages import JobOrder, Stage
from workers.jobs.strongest_images.stages import StrongestImagesStages
from workers.model_pool import HostedModel

ModelOf = Callable[[str], HostedModel]
"""Loads a hosted model by its name."""


def job_kinds(
    model_of: ModelOf, store: Store, *, store_url: str
) -> Mapping[str, Sequence[Stage]]:
    """Tabulate the kinds; a test holds the table against `api_schemas/job_kinds.py`."""

    def visualize(order: JobOrder, _task: int, run: JobRun) -> dict[str, Any]:
        parameters = ActivationMaximizationParameters.model_validate(order.params)
        return activation_maximization(parameters, model_of(order.model), run)

    return {
        ACTIVATION_MAXIMIZATION: (Stage(visualize),),
        ATLAS: AtlasStages(model_of, store, store_url=store_url).stages(),
        EXPLAIN_DATASET: ExplainDatasetStages(model_of, store).stages(),
        COMPARE_MODELS: CompareModelsStages(model_of, store).stages(),
        DATASET_MAP: DatasetMapStages(model_of, store, store_url=store_url).stages(),
        PATCH_ATTACK: PatchAttackStages(model_of, store).stages(),
        STRONGEST_IMAGES: StrongestImagesStages(model_of, store).stages(),
    }
