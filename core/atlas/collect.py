"""Collecting the activations of a layer at chosen places, compiled for one network."""

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from core.atlas.forward_attributions import forward_attributions
from core.atlas.layer_logits import (
    ClassAttributions,
    LayerLogitsFunction,
    PlacesInMaps,
    VectorsAtPlaces,
    at_places,
)
from core.atlas.reverse_attributions import reverse_attributions
from core.models.classifier import Classifier
from core.shapes import Pixels

VectorCollector = Callable[[Pixels, PlacesInMaps], VectorsAtPlaces]
"""From pixels [B, H, W, 3] uint8 and places [B, P, 2] to vectors [B, P, D] float32."""

AttributionCollector = Callable[
    [Pixels, PlacesInMaps], tuple[VectorsAtPlaces, ClassAttributions]
]
"""The same, with what each vector adds to every logit [B, P, K] float32."""

CodeCollector = Callable[[Pixels], tuple[VectorsAtPlaces, ClassAttributions]]
"""From pixels [B, H, W, 3] uint8 to codes [B, 1, D] and leads [B, 1, K], both float32."""

FORWARD_PASS = 0.6
"""What a place costs forwards, in parts of what a class costs backwards: measured 0.5 to 0.7 on
processors, for a ResNet of 2 classes and a MobileNet of 1,000, behind the first third."""

PLACES = tf.TensorSpec([None, None, 2], tf.int32)


def vector_collector(classifier: Classifier, *, layer: str) -> VectorCollector:
    """Compile the collection of activations alone, for any number of images and places.

    The pass ends at the layer: it is never slower than a whole forward pass.

    Raises:
        LayerNotFoundError: the network has no such layer.
        LayerNotSpatialError: the layer puts out no maps.
    """
    score = _layer_logits(classifier, layer)

    def collect(pixels: Pixels, places: PlacesInMaps) -> VectorsAtPlaces:
        activations, _ = score(classifier.preprocess(pixels), lambda _: None)
        return at_places(activations, places)

    compiled: VectorCollector = _compiled(collect, _pixels_of(classifier), PLACES)
    return compiled


def code_collector(classifier: Classifier, *, layer: str) -> CodeCollector:
    """Compile what a layer says of whole images: the mean over its places, [B, 1, D].

    Beside it stand the leads of all classes [B, 1, K]: how far the logit of each is above the
    mean logit of the image, which the softmax does not see. Above 0 the network leans to a
    class.

    Raises:
        LayerNotFoundError: the network has no such layer.
        LayerNotSpatialError: the layer puts out no maps.
    """
    score = _layer_logits(classifier, layer)

    def collect(pixels: Pixels) -> tuple[VectorsAtPlaces, ClassAttributions]:
        activations, logits = score(classifier.preprocess(pixels), lambda _: None)
        codes = tf.reduce_mean(activations, axis=[1, 2])
        leads = logits - tf.reduce_mean(logits, axis=1, keepdims=True)
        return codes[:, tf.newaxis], leads[:, tf.newaxis]

    compiled: CodeCollector = _compiled(collect, _pixels_of(classifier))
    return compiled


def attribution_collector(
    classifier: Classifier, *, layer: str, per_image: int
) -> AttributionCollector:
    """Compile the collection of activations and attributions, for any number of images.

    Forwards it takes a pass a place, backwards a pass a class; `FORWARD_PASS` weighs the two.
    The choice hangs on their numbers alone, so that it is the same on every machine.

    Args:
        classifier: the network.
        layer: whose activations are collected.
        per_image: places in each image.

    Raises:
        LayerNotFoundError: the network has no such layer.
        LayerNotSpatialError: the layer puts out no maps.
    """
    score = _layer_logits(classifier, layer)
    signature = _pixels_of(classifier), PLACES

    def forwards(
        pixels: Pixels, places: PlacesInMaps
    ) -> tuple[VectorsAtPlaces, ClassAttributions]:
        return forward_attributions(score, classifier.preprocess(pixels), places)

    def backwards(
        pixels: Pixels, places: PlacesInMaps
    ) -> tuple[VectorsAtPlaces, ClassAttributions]:
        return reverse_attributions(score, classifier.preprocess(pixels), places)

    compiled: AttributionCollector = _compiled(forwards, *signature)
    is_dearer = FORWARD_PASS * per_image >= len(classifier.classes)
    if is_dearer or not _is_traceable(compiled):
        compiled = _compiled(backwards, *signature)
    return compiled


def _layer_logits(classifier: Classifier, layer: str) -> LayerLogitsFunction:
    """Bind a network to one of its layers that has maps.

    Raises:
        LayerNotFoundError, LayerNotSpatialError: see `Classifier.spatial_layer`.
    """
    spatial = classifier.spatial_layer(layer)
    return lambda images, watch: classifier.logits_watched(images, layer=spatial, watch=watch)


def _compiled(collect: Callable[..., Any], *signature: tf.TensorSpec) -> Callable[..., Any]:
    """Compile a collection once for batches of all sizes."""
    compiled: Callable[..., Any] = tf.function(
        collect, autograph=False, input_signature=signature
    )
    return compiled


def _is_traceable(compiled: AttributionCollector) -> bool:
    """Whether all operations of the network can be differentiated twice; traces it."""
    try:
        # A function of TensorFlow's, which its stubs do not tell from any other.
        compiled.get_concrete_function()  # type: ignore[attr-defined]
    except LookupError:
        return False
    return True


def _pixels_of(classifier: Classifier) -> tf.TensorSpec:
    """Describe a batch of RGB pixels at the size of the network's input."""
    size = classifier.manifest.input
    return tf.TensorSpec([None, size.height, size.width, 3], tf.uint8)
