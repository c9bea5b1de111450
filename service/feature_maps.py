"""What a layer makes of an image: its maps, channel by channel."""

import base64
from collections.abc import Sequence
from typing import get_args

import numpy as np

from api_schemas.explanations import ExplanationOrder
from api_schemas.feature_maps import (
    FEATURE_MAPS,
    ChannelSummary,
    FeatureMapsAnswer,
    FeatureMapsOptions,
    FeatureMapsOutput,
)
from api_schemas.models import LayerSummary, ModelRecord
from core.errors import LayerNotSpatialError
from core.render.grid import balanced_columns, grid_picture
from core.render.tiles import MapStack, map_tiles
from messaging.errors import ExplanationFailedError
from messaging.wire import Reply
from service.answers import predictions_of
from service.channels import chosen_channels
from service.decoded_image import DecodedImage
from service.explaining import Explainer, Milliseconds
from service.negotiation import JSON, WEBP
from service.pictured import Pictured
from service.rendering import encode_picture, number_array
from service.resolving import find_layer, read_options
from service.uploads import Upload

ALL_OUTPUTS = frozenset(get_args(FeatureMapsOutput))
TILE_PIXELS = 112
"""Wide enough for a label with a number; whole multiples of 7, 14, 28 and 56."""


async def feature_maps(
    explainer: Explainer, upload: Upload, timings: Milliseconds, *, form: str
) -> list[Pictured]:
    """Show a layer's maps of each image of an upload.

    Args:
        explainer: decodes, and asks a worker.
        upload: images and options.
        timings: filled with the time that each stage took.
        form: media type of the answer; for a picture, the grid alone is drawn.

    Raises:
        ServiceError, ImageError, CoreError, MessagingError: as the contract lists them.
    """
    options = read_options(FeatureMapsOptions, upload.options)
    record = await explainer.models.find_hosted(options.model)
    layer = spatial_layer(record, options.layer)
    channels = chosen_channels(
        options.channels, layer=layer.name, available=int(layer.output_shape[-1] or 0)
    )
    outputs = frozenset(options.outputs) if form == JSON else frozenset({"grid"})
    order = ExplanationOrder(
        model=record.name,
        method=FEATURE_MAPS,
        layer=layer.name,
        parameters={"channels": list(channels)},
    )
    images = await explainer.decode_all(upload, record, timings)
    replies = await explainer.ask_all(order, images, timings)

    def draw(image: DecodedImage, reply: Reply) -> Pictured:
        if reply.map is None:
            raise ExplanationFailedError("the worker's reply holds no maps")
        maps = np.moveaxis(reply.map, -1, 0)
        grid = _grid(maps, channels, options, webp=form == WEBP) if "grid" in outputs else b""
        height, width, depth = (int(side or 0) for side in layer.output_shape)
        answer = FeatureMapsAnswer(
            model=record.name,
            model_sha256=record.sha256,
            layer=layer.name,
            layer_shape=(height, width, depth),
            predictions=predictions_of(reply, record, options.top_k),
            image=image.size,
            grid=base64.b64encode(grid).decode(),
            channels=tuple(channel_summaries(maps, channels)),
            raw=number_array(reply.map) if "raw" in outputs else None,
        )
        return Pictured(answer, grid, left_out=ALL_OUTPUTS - outputs)

    return await explainer.draw_all(draw, images, replies, timings)


def spatial_layer(record: ModelRecord, name: str | None) -> LayerSummary:
    """Find a layer that puts out maps: the one asked for, or the model's default.

    Raises:
        LayerNotFoundError: the model has no such layer.
        LayerNotSpatialError: the layer has no spatial map, or no layer of the model has one.
    """
    chosen = find_layer(record, name)
    found = next((layer for layer in record.layers if layer.name == chosen), None)
    if found is None:
        raise LayerNotSpatialError(chosen, (), "the network has no layer with a spatial map")
    return found


def channel_summaries(maps: MapStack, channels: Sequence[int]) -> list[ChannelSummary]:
    """Put each channel's map [n, h, w] into numbers; none where a value is not finite."""
    return [
        ChannelSummary(
            index=channel,
            min=_finite(one.min()),
            max=_finite(one.max()),
            mean=_finite(one.mean(dtype=np.float64)),
        )
        for channel, one in zip(channels, maps, strict=True)
    ]


def _finite(value: np.floating) -> float | None:
    return float(value) if np.isfinite(value) else None


def _grid(
    maps: MapStack, channels: Sequence[int], options: FeatureMapsOptions, *, webp: bool
) -> bytes:
    """Draw maps [n, h, w] side by side, each in its own range, which the label tells."""
    labels = [
        f"{channel}: max {one.max():.2g}" for channel, one in zip(channels, maps, strict=True)
    ]
    picture = grid_picture(
        map_tiles(maps, colormap=options.colormap, scaling="each"),
        labels,
        tile_pixels=TILE_PIXELS,
        columns=balanced_columns(len(maps)),
    )
    return encode_picture(picture, webp=webp)
