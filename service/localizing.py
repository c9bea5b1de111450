"""Where the object of a class is: a map points at it, the colours say how far it goes."""

import base64

import numpy as np

from api_schemas.explanations import Box, ExplanationOrder
from api_schemas.localization import LocalizationAnswer, LocalizationOptions
from api_schemas.methods import options_of
from api_schemas.models import ModelRecord
from core.localize.graphcut import INSIDE, Localization, localize
from core.localize.picture import localization_picture
from core.render.encode import encode_png
from core.render.pictures import contour_picture
from core.render.polarity import keep_polarity
from messaging.errors import ExplanationFailedError
from messaging.wire import Reply
from service.answers import prediction_of, predictions_of
from service.decoded_image import DecodedImage
from service.explaining import Explainer, Milliseconds
from service.negotiation import WEBP
from service.pictured import Pictured
from service.rendering import encode_picture
from service.resolving import explanation_order, find_method, read_options
from service.uploads import Upload

CUT_SIDE_PIXELS = 300
"""Of the image that is cut: a quarter of a second mostly, and fine enough for a box."""


async def localize_objects(
    explainer: Explainer, upload: Upload, timings: Milliseconds, *, form: str
) -> list[Pictured]:
    """Find the object in each image of an upload.

    Args:
        explainer: decodes, and asks a worker for the map.
        upload: images and options.
        timings: filled with the time that each stage took.
        form: media type of the answer.

    Raises:
        ServiceError, ImageError, CoreError, MessagingError: as the contract lists them.
    """
    options = read_options(LocalizationOptions, upload.options)
    record = await explainer.models.find_hosted(options.model)
    order = map_order(record, options)
    images = await explainer.decode_all(upload, record, timings)
    replies = await explainer.ask_all(order, images, timings)

    def locate(image: DecodedImage, reply: Reply) -> Pictured:
        if reply.map is None:
            raise ExplanationFailedError("the worker's reply holds no map")
        pixels = image.read_pixels()
        found = localize(
            pixels,
            keep_polarity(reply.map, polarity="positive"),
            foreground_quantile=options.foreground_quantile,
            background_quantile=options.background_quantile,
            max_side_pixels=CUT_SIDE_PIXELS,
        )
        is_object = (found.mask / INSIDE).astype(np.float32)
        outlined = contour_picture(pixels, is_object, threshold=1.0)
        overlay = encode_picture(localization_picture(outlined, found), webp=form == WEBP)
        answer = localization_answer(record, order, options, image, reply, found, overlay)
        return Pictured(answer, overlay)

    return await explainer.draw_all(locate, images, replies, timings)


def map_order(record: ModelRecord, options: LocalizationOptions) -> ExplanationOrder:
    """Say which map a worker is to compute: the method's parameters are their defaults.

    Raises:
        MethodNotFoundError: there is no such method.
        ClassNotFoundError, LayerNotFoundError, LayerNotSpatialError, MethodUnsupportedError:
            as for an explanation.
    """
    method = find_method(options.method)
    asked = options.model_dump(include={"target", "layer", "seed"}, exclude_none=True)
    return explanation_order(record, method, read_options(options_of(method), asked))


def localization_answer(
    record: ModelRecord,
    order: ExplanationOrder,
    options: LocalizationOptions,
    image: DecodedImage,
    reply: Reply,
    found: Localization,
    overlay: bytes,
) -> LocalizationAnswer:
    """Put an answer together."""
    box = found.box
    return LocalizationAnswer(
        model=record.name,
        model_sha256=record.sha256,
        method=str(order.method),
        layer=order.layer,
        target=prediction_of(reply, record, reply.target),
        predictions=predictions_of(reply, record, options.top_k),
        image=image.size,
        box=Box(x=box.x, y=box.y, width=box.width, height=box.height),
        mask=base64.b64encode(encode_png(found.mask)).decode(),
        overlay=base64.b64encode(overlay).decode(),
        parameters=order.parameters
        | {
            "foreground_quantile": options.foreground_quantile,
            "background_quantile": options.background_quantile,
        },
    )
