"""What a convolution has learned: its filters, as a picture and as numbers."""

import base64
from collections.abc import Sequence
from typing import get_args

import numpy as np

from api_schemas.explanations import ExplanationOrder
from api_schemas.filters import (
    FILTERS,
    ChosenFilters,
    FiltersAnswer,
    FiltersOptions,
    FiltersOutput,
)
from api_schemas.models import LayerSummary, ModelRecord
from api_schemas.predictions import ImageSize
from api_schemas.problems import FieldFault
from core.errors import LayerNotConvolutionError, LayerNotFoundError
from core.images.pixels import RgbPixels
from core.render.grid import balanced_columns, grid_picture
from core.render.tiles import Scaling, colour_filter_tiles, map_tiles
from messaging.errors import ExplanationFailedError
from messaging.wire import Float32Array, Reply
from service.channels import chosen_channels
from service.decoded_image import DecodedImage
from service.errors import FieldsInvalidError
from service.explaining import Explainer, Milliseconds
from service.negotiation import JSON, WEBP
from service.pictured import Pictured
from service.rendering import encode_picture, number_array, value_range

ALL_OUTPUTS = frozenset(get_args(FiltersOutput))
TILE_PIXELS = 84
COLOURS = 3
NEGLIGIBLE = 1e-6
"""Weights below this part of the strongest are drawn as zero: filters that training has let die
have a pattern of rounding errors."""
BLACK = np.zeros((1, 1, 3), np.uint8)
NOTHING = DecodedImage(
    size=ImageSize(width=1, height=1),
    sent=BLACK,
    model_pixels=BLACK,
    read_pixels=lambda: BLACK,
)
"""Goes to the worker in place of an image: the weights depend on none."""


async def filters(
    explainer: Explainer,
    model: str,
    layer: str,
    options: FiltersOptions,
    timings: Milliseconds,
    *,
    form: str,
) -> Pictured:
    """Show filters of a layer.

    Args:
        explainer: asks a worker.
        model: its name.
        layer: its name.
        options: which filters, and what the answer holds.
        timings: filled with the time that each stage took.
        form: media type of the answer; for a picture, the grid alone is drawn.

    Raises:
        ServiceError, CoreError, MessagingError: as the contract lists them.
    """
    record = await explainer.models.find_hosted(model)
    found = convolution(record, layer)
    chosen = chosen_filters(record, found, options)
    outputs = frozenset(options.outputs) if form == JSON else frozenset({"grid"})
    order = ExplanationOrder(
        model=record.name,
        method=FILTERS,
        layer=layer,
        parameters=chosen.model_dump(mode="json"),
    )
    replies = await explainer.ask_all(order, [NOTHING], timings)

    def draw(_: DecodedImage, reply: Reply) -> Pictured:
        if reply.map is None:
            raise ExplanationFailedError("the worker's reply holds no filters")
        grid = b""
        if "grid" in outputs:
            tiles = filter_tiles(reply.map, is_bgr=record.is_bgr)
            labels = filter_labels(reply.map, chosen.channels)
            grid = _grid(tiles, labels, webp=form == WEBP)
        answer = FiltersAnswer(
            model=record.name,
            model_sha256=record.sha256,
            layer=layer,
            type=found.type,
            kernel_shape=found.kernel_shape,
            channels=chosen.channels,
            input_channel=chosen.input_channel,
            range=value_range(reply.map),
            grid=base64.b64encode(grid).decode(),
            raw=number_array(reply.map) if "raw" in outputs else None,
        )
        return Pictured(answer, grid, left_out=ALL_OUTPUTS - outputs)

    return (await explainer.draw_all(draw, [NOTHING], replies, timings))[0]


def convolution(record: ModelRecord, name: str) -> LayerSummary:
    """Find a layer that has filters.

    Raises:
        LayerNotFoundError: the model has no such layer.
        LayerNotConvolutionError: the layer has none.
    """
    layers = {layer.name: layer for layer in record.layers}
    if name not in layers:
        raise LayerNotFoundError(name, tuple(layers))
    if not layers[name].kernel_shape:
        raise LayerNotConvolutionError(name, layers[name].type)
    return layers[name]


def chosen_filters(
    record: ModelRecord, layer: LayerSummary, options: FiltersOptions
) -> ChosenFilters:
    """Fill the gaps of a request: the first filters, in colour if they see the image.

    Raises:
        FieldsInvalidError: the layer has no such filter, or they see no such channel.
    """
    *_, channels_in, channels_out = layer.kernel_shape
    sees_colours = channels_in == record.input_channels == COLOURS
    input_channel = options.input_channel
    if input_channel is None and not sees_colours:
        input_channel = 0
    if input_channel is not None and input_channel >= channels_in:
        detail = f"filters of layer {layer.name!r} see {channels_in} channels, counted from 0"
        raise FieldsInvalidError([FieldFault(pointer="/input_channel", detail=detail)])
    channels = chosen_channels(options.channels, layer=layer.name, available=channels_out)
    return ChosenFilters(channels=channels, input_channel=input_channel)


def filter_tiles(weights: Float32Array, *, is_bgr: bool) -> list[RgbPixels]:
    """Draw filters [h, w, C, n]: in colour if C is 3, else by sign.

    Each is drawn in its own scale, so that weak ones show their pattern too; filters of a
    single number, which have none, in one scale for all.
    """
    is_negligible = np.abs(weights) < NEGLIGIBLE * np.abs(weights).max()
    stack = np.moveaxis(np.where(is_negligible, np.float32(0), weights), -1, 0)
    scaling: Scaling = "common" if stack[0].size == 1 else "each"
    if stack.shape[-1] == COLOURS:
        in_order = stack[..., ::-1] if is_bgr else stack
        return colour_filter_tiles(in_order, scaling=scaling)
    return map_tiles(stack[..., 0], colormap="coolwarm", scaling=scaling)


def filter_labels(weights: Float32Array, channels: Sequence[int]) -> list[str]:
    """Name filters [h, w, C, n] by output channel and, of several numbers, the largest.

    A single number is told with its sign.
    """
    if weights[..., 0].size == 1:
        return [
            f"{channel}: {weight:+.2g}"
            for channel, weight in zip(channels, weights.ravel(), strict=True)
        ]
    strongest = np.abs(weights).max(axis=(0, 1, 2))
    return [
        f"{channel}: ±{weight:.2g}" for channel, weight in zip(channels, strongest, strict=True)
    ]


def _grid(tiles: Sequence[RgbPixels], labels: Sequence[str], *, webp: bool) -> bytes:
    """Lay filters out with their labels."""
    picture = grid_picture(
        tiles,
        labels,
        tile_pixels=TILE_PIXELS,
        columns=balanced_columns(len(tiles)),
    )
    return encode_picture(picture, webp=webp)
