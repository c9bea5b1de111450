"""Looks inside a network that explain nothing: activations, weights, and who reads them."""

from collections.abc import Callable

import numpy as np
import tensorflow as tf

from api_schemas.channel_readers import READERS, ReadersOptions
from api_schemas.channels import ChosenChannels
from api_schemas.explanations import ExplanationOrder
from api_schemas.feature_maps import FEATURE_MAPS
from api_schemas.filters import FILTERS, ChosenFilters
from core.errors import LayerNotConvolutionError
from core.models.filters import filters_of
from core.progress import Track
from core.score import top_targets
from core.shapes import ClassIndices, Pixels
from workers.channel_readers import found_readers
from workers.explained import Explain, Explained
from workers.network_passes import NetworkPasses


def feature_maps(passes: NetworkPasses, order: ExplanationOrder) -> Explain:
    """Show the channels asked for of a layer's activations [B, h, w, D].

    Channels are picked after the compiled passes, so that turning the pages of a layer traces
    nothing anew. Costs two forward passes, the second as far as the layer.

    Raises:
        LayerNotFoundError: the model has no such layer.
        LayerNotSpatialError: the layer has no spatial map.
    """
    channels = ChosenChannels.model_validate(order.parameters).channels
    activations = passes.activations(passes.classifier.spatial_layer(order.layer))

    def look(
        pixels: Pixels, requested: ClassIndices, _versus: ClassIndices, _track: Track
    ) -> Explained:
        images, logits = passes.predict(pixels)
        maps = tf.gather(activations(images), channels, axis=-1)
        return Explained(logits=logits, targets=top_targets(logits, requested), maps=maps)

    return look


def filters(passes: NetworkPasses, order: ExplanationOrder) -> Explain:
    """Show the filters asked for of a convolution [B, h, w, C, D]; no image is looked at.

    Raises:
        LayerNotFoundError: the model has no such layer.
        LayerNotConvolutionError: the layer has no filters.
    """
    chosen = ChosenFilters.model_validate(order.parameters)
    layer = passes.classifier.layer(str(order.layer))
    weights = filters_of(layer)
    if weights is None:
        raise LayerNotConvolutionError(str(order.layer), type(layer).__name__)
    shown = weights[..., list(chosen.channels)]
    if chosen.input_channel is not None:
        shown = shown[:, :, [chosen.input_channel]]
    classes = len(passes.classifier.classes)

    def look(
        pixels: Pixels, requested: ClassIndices, _versus: ClassIndices, _track: Track
    ) -> Explained:
        return Explained(
            logits=tf.zeros((len(pixels), classes)),
            targets=requested,
            maps=np.broadcast_to(shown, (len(pixels), *shown.shape)),
        )

    return look


def readers(passes: NetworkPasses, order: ExplanationOrder) -> Explain:
    """Find the layers that read a channel; no image is looked at.

    Raises:
        LayerNotFoundError: the network has no such layer.
        LayerNotSpatialError: it is called more than once, or puts out several tensors.
    """
    asked, layer = ReadersOptions.model_validate(order.parameters), str(order.layer)
    classifier = passes.classifier
    classifier.tappable_layer(layer)
    found = found_readers(
        passes.uses(), layer, asked.channel, classes=classifier.classes, most=asked.most
    )

    def look(
        pixels: Pixels, requested: ClassIndices, _versus: ClassIndices, _track: Track
    ) -> Explained:
        return Explained(
            logits=tf.zeros((len(pixels), len(classifier.classes))),
            targets=requested,
            maps=None,
            found=found,
        )

    return look


LOOKS: dict[str, Callable[[NetworkPasses, ExplanationOrder], Explain]] = {
    FEATURE_MAPS: feature_maps,
    FILTERS: filters,
    READERS: readers,
}
"""By the word that stands in an order for a method."""
