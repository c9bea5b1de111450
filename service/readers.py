"""Which layers read a channel: asked of a worker, which has the weights."""

from pydantic import ValidationError

from api_schemas.channel_readers import READERS, FoundReaders, ReadersAnswer, ReadersOptions
from api_schemas.explanations import ExplanationOrder
from api_schemas.models import ModelRecord
from core.errors import LayerNotFoundError, UnitNotFoundError
from messaging.errors import ExplanationFailedError
from messaging.wire import Reply
from service.explaining import Explainer, Milliseconds
from service.filters import NOTHING


async def readers(
    explainer: Explainer,
    model: str,
    layer: str,
    options: ReadersOptions,
    timings: Milliseconds,
) -> ReadersAnswer:
    """Tell which layers read a channel, and with which weights.

    Args:
        explainer: asks a worker.
        model: its name.
        layer: that puts the channel out.
        options: which channel.
        timings: filled with the time that each stage took.

    Raises:
        ServiceError, CoreError, MessagingError: as the contract lists them.
    """
    record = await explainer.models.find_hosted(model)
    check_channel(record, layer, options.channel)
    order = ExplanationOrder(
        model=record.name,
        method=READERS,
        layer=layer,
        parameters=options.model_dump(mode="json"),
    )
    [reply] = await explainer.ask_all(order, [NOTHING], timings)
    found = found_in(reply)
    return ReadersAnswer(
        model=record.name,
        model_sha256=record.sha256,
        layer=layer,
        channel=options.channel,
        readers=found.readers,
        untold=found.untold,
    )


def check_channel(record: ModelRecord, name: str, channel: int) -> None:
    """See that a layer has a channel.

    Raises:
        LayerNotFoundError: the model has no such layer.
        UnitNotFoundError: the layer has no such channel.
    """
    layers = {layer.name: layer for layer in record.layers}
    if name not in layers:
        raise LayerNotFoundError(name, tuple(layers))
    channels = (layers[name].output_shape or [0])[-1] or 0
    if channel >= channels:
        raise UnitNotFoundError(name, f"channel {channel}", f"{channels}, counted from 0")


def found_in(reply: Reply) -> FoundReaders:
    """Read what a worker has found.

    Raises:
        ExplanationFailedError: it does not know of readers: it is of an older version.
    """
    try:
        return FoundReaders.model_validate(reply.found)
    except ValidationError as error:
        raise ExplanationFailedError("the worker's reply tells of no readers") from error
