"""Where in an image each channel of a layer is strongest, compiled for one network."""

from collections.abc import Callable

import tensorflow as tf
from jaxtyping import Float, Int

from core.models.classifier import Classifier
from core.shapes import Pixels

Peaks = tuple[Float[tf.Tensor, "B D"], Int[tf.Tensor, "B D"]]
PeakFinder = Callable[[Pixels], Peaks]
"""From pixels [B, H, W, 3] uint8 to the largest activations, and the places where they are."""


def peak_finder(classifier: Classifier, *, layer: str) -> PeakFinder:
    """Compile the search for the largest activation of every channel, for any number of images.

    The pass ends at the layer: it is never slower than a whole forward pass.

    Args:
        classifier: the network.
        layer: whose channels are looked at.

    Returns:
        A function that gives values [B, D] float32 in the layer's units, and places [B, D]
        int32, row by row in the layer's map; of equal ones the first.

    Raises:
        LayerNotFoundError: the network has no such layer.
        LayerNotSpatialError: the layer puts out no maps.
    """
    spatial, size = classifier.spatial_layer(layer), classifier.manifest.input

    def find(pixels: Pixels) -> Peaks:
        images = classifier.preprocess(pixels)
        maps, _ = classifier.logits_watched(images, layer=spatial, watch=lambda _: None)
        shape = tf.shape(maps)
        rows = tf.reshape(maps, (shape[0], shape[1] * shape[2], shape[3]))
        return tf.reduce_max(rows, axis=1), tf.argmax(rows, axis=1, output_type=tf.int32)

    pixels_of = tf.TensorSpec([None, size.height, size.width, 3], tf.uint8)
    found: PeakFinder = tf.function(find, autograph=False, input_signature=(pixels_of,))
    return found
