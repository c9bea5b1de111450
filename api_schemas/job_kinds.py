"""The table of job kinds: what can be submitted, with which parameters."""

from api_schemas.activation_maximization import (
    ACTIVATION_MAXIMIZATION,
    ActivationMaximizationParameters,
)
from api_schemas.atlas import ATLAS, AtlasParameters
from api_schemas.compare_models import COMPARE_MODELS, CompareModelsParameters
from api_schemas.dataset_map import DATASET_MAP, DatasetMapParameters
from api_schemas.explain_dataset import EXPLAIN_DATASET, ExplainDatasetParameters
from api_schemas.job_kind import JobKind
from api_schemas.patch_attack import PATCH_ATTACK, PatchAttackParameters
from api_schemas.strongest_images import STRONGEST_IMAGES, StrongestImagesParameters

KINDS: tuple[JobKind, ...] = (
    JobKind(
        name=ACTIVATION_MAXIMIZATION,
        summary="Pictures of what channels, neurons, layers or classes look for.",
        parameters=ActivationMaximizationParameters,
    ),
    JobKind(
        name=ATLAS,
        summary="An activation atlas: what a layer sees in the images of a dataset, laid out.",
        parameters=AtlasParameters,
    ),
    JobKind(
        name=DATASET_MAP,
        summary="The images of a dataset laid out by what a layer makes of them.",
        parameters=DatasetMapParameters,
    ),
    JobKind(
        name=PATCH_ATTACK,
        summary="Icons of an atlas pasted on images of one class, to be taken for another.",
        parameters=PatchAttackParameters,
    ),
    JobKind(
        name=EXPLAIN_DATASET,
        summary="Maps of a whole dataset, and what they come to: class by class, in numbers.",
        parameters=ExplainDatasetParameters,
    ),
    JobKind(
        name=COMPARE_MODELS,
        summary="Two models beyond their error rates: labels, layers, and reasons.",
        parameters=CompareModelsParameters,
    ),
    JobKind(
        name=STRONGEST_IMAGES,
        summary="Of every channel of a layer the images of a dataset that it answers to most.",
        parameters=StrongestImagesParameters,
    ),
)

JOB_KINDS = {kind.name: kind for kind in KINDS}
"""By name; a test holds it against the workers' own table."""
