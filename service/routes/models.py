"""`GET /models`: the models that the service knows, and their layers."""

from fastapi import APIRouter

from api_schemas.models import LayerList, ModelDetails, ModelList, ModelRecord, ModelSummary
from messaging.errors import BrokerUnavailableError
from service.dependencies import PartsOf
from service.refusals import ON_MODELS, problems

PLATFORM = "keras"

router = APIRouter(prefix="/models", tags=["models"])


@router.get("", responses=problems(BrokerUnavailableError))
async def list_models(parts: PartsOf) -> ModelList:
    """List every model, with whether a live worker hosts it."""
    hosting = await parts.models.hosting()
    return ModelList(
        default=parts.models.default_model,
        models=[
            ModelSummary(**summary_of(record, is_ready=hosting.is_hosted(name)))
            for name, record in hosting.models.items()
        ],
    )


@router.get("/{model}", responses=problems(*ON_MODELS))
async def show_model(model: str, parts: PartsOf) -> ModelDetails:
    """Describe a model."""
    record = await parts.models.find(model)
    hosting = await parts.models.hosting()
    return ModelDetails(
        **summary_of(record, is_ready=hosting.is_hosted(record.name)),
        title=record.title,
        description=record.description,
        license=record.license,
        activation=record.activation,
        default_layer=record.default_layer,
        unsupported=record.unsupported,
    )


@router.get("/{model}/layers", responses=problems(*ON_MODELS))
async def list_layers(model: str, parts: PartsOf) -> LayerList:
    """List a model's layers in the order of the forward pass."""
    record = await parts.models.find(model)
    return LayerList(layers=record.layers)


def summary_of(record: ModelRecord, *, is_ready: bool) -> dict[str, object]:
    """Pick what a list of models shows."""
    return {
        "name": record.name,
        "ready": is_ready,
        "platform": PLATFORM,
        "input_shape": [record.input_height, record.input_width, record.input_channels],
        "classes": record.classes,
        "parameters": record.parameters,
        "sha256": record.sha256,
    }
