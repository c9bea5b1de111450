"""What a worker tells the fronts about a model that it hosts."""

import keras
import tensorflow as tf

from api_schemas.methods import unsupported_methods
from api_schemas.models import LayerSummary, ModelRecord
from core.models.classifier import Classifier
from core.models.filters import filters_of
from core.models.layers import named_layers
from workers.provenance import fingerprint_of

BLUE = 2
"""Place of blue among red, green and blue, and of red among blue, green and red."""


def model_record(classifier: Classifier) -> ModelRecord:
    """Describe a loaded model for the fronts."""
    manifest = classifier.manifest
    layers = named_layers(classifier.network)
    return ModelRecord(
        name=classifier.name,
        title=manifest.title,
        description=manifest.description,
        license=manifest.license,
        sha256=classifier.sha256,
        fingerprint=fingerprint_of(classifier),
        input_width=manifest.input.width,
        input_height=manifest.input.height,
        input_channels=1 if manifest.input.channels == "grayscale" else 3,
        is_bgr=is_bgr(classifier),
        classes=list(classifier.classes),
        activation=manifest.output.activation,
        parameters=classifier.network.count_params(),
        default_layer=classifier.default_layer,
        layers=[
            LayerSummary(
                name=layer.name,
                type=layer.type,
                output_shape=list(layer.output_shape),
                parameters=layer.parameters,
                explainable=layer.is_explainable,
                kernel_shape=filter_shape(layers[layer.name]),
            )
            for layer in classifier.layers.values()
        ],
        unsupported=unsupported_methods(classifier.missing),
    )


def filter_shape(layer: keras.Layer) -> tuple[int, ...]:
    """Give the shape of a convolution's filters, empty for other layers."""
    filters = filters_of(layer)
    return () if filters is None else filters.shape


def is_bgr(classifier: Classifier) -> bool:
    """Find out whether the network is fed blue first: from red pixels, the last one rises."""
    black, red = classifier.preprocess(tf.constant([[[[0, 0, 0]]], [[[255, 0, 0]]]], tf.uint8))
    return int(tf.argmax(red - black, axis=-1)[0, 0]) == BLUE
