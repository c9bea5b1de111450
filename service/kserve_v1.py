"""KServe's protocol v1 on our own path: instances become an upload, scores become vectors."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from api_schemas.kserve_v1 import (
    ExplainRequest,
    PredictionVectors,
    PredictRequest,
)
from core.images.pixels import RgbPixels
from messaging.wire import Reply
from service.answers import probabilities_of
from service.errors import TooManyImagesError
from service.explaining import Explainer, Milliseconds
from service.json_images import file_of, image_of
from service.protocol_bodies import ProtocolBody, read_envelope, wrong
from service.protocol_options import method_and_options
from service.uploads import Upload


async def predict_instances(
    explainer: Explainer,
    model: str,
    body: ProtocolBody,
    timings: Milliseconds,
    *,
    max_images: int,
) -> PredictionVectors:
    """Say what the model sees in each instance.

    Raises:
        ServiceError, ImageError, MessagingError: as the contract lists them.
    """

    def read() -> Upload:
        asked = read_envelope(PredictRequest, body)
        return _upload(asked.instances, {}, explainer, max_images=max_images)

    scored = await explainer.score(model, await explainer.off_loop(read), timings)
    return PredictionVectors(predictions=_vectors(scored.replies))


async def explain_instances(
    explainer: Explainer,
    model: str,
    body: ProtocolBody,
    timings: Milliseconds,
    *,
    max_images: int,
) -> str:
    """Explain each instance.

    Returns:
        `ExplainedInstances` as JSON, without the outputs that were not asked for.

    Raises:
        ServiceError, ImageError, CoreError, MessagingError: as the contract lists them.
    """
    asked = await explainer.off_loop(partial(read_envelope, ExplainRequest, body))
    method, options = method_and_options(model, asked.parameters)
    upload = await explainer.off_loop(
        partial(_upload, asked.instances, options, explainer, max_images=max_images)
    )
    explanations = await explainer.explain(method, upload, timings, webp=False)
    vectors = PredictionVectors(predictions=_vectors([one.reply for one in explanations]))
    written = ",".join(explanation.as_json() for explanation in explanations)
    return f'{vectors.model_dump_json()[:-1]},"explanations":[{written}]}}'


def _vectors(replies: Sequence[Reply]) -> list[list[float]]:
    """List the probabilities of each reply, in index order."""
    return [probabilities_of(reply).tolist() for reply in replies]


def _upload(
    instances: Sequence[Any], options: dict[str, Any], explainer: Explainer, *, max_images: int
) -> Upload:
    """Read every instance.

    Raises:
        TooManyImagesError, EnvelopeInvalidError, ImageTooLargeError: one cannot be taken.
    """
    if len(instances) > max_images:
        raise TooManyImagesError(len(instances), max_images)
    images = [
        _image(
            instance, pointer=f"/instances/{position}", max_pixels=explainer.max_image_pixels
        )
        for position, instance in enumerate(instances)
    ]
    return Upload(images=images, options=options, is_batch=True)


def _image(instance: object, *, pointer: str, max_pixels: int) -> bytes | RgbPixels:
    """Read one instance.

    Raises:
        EnvelopeInvalidError: it is neither form.
        ImageTooLargeError: it has too many pixels.
    """
    if isinstance(instance, list):
        return image_of(instance, pointer=pointer, max_pixels=max_pixels)
    if isinstance(instance, dict) and list(instance) == ["b64"]:
        return file_of(instance["b64"], pointer=f"{pointer}/b64")
    raise wrong(pointer, 'must be {"b64": "<base64 of the file>"} or [height][width][3] pixels')
