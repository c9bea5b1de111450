"""What the collection of an atlas sees of a network, and the shapes of what it collects."""

from collections.abc import Callable

import numpy as np
import tensorflow as tf
from jaxtyping import Float, Int

from core.score import Watch
from core.shapes import Activations, Images, Logits

LayerLogitsFunction = Callable[[Images, Watch], tuple[Activations, Logits]]
"""From images to a layer's activations [B, h, w, D] and the logits [B, K] that follow."""

PlacesInMaps = Int[tf.Tensor, "B P 2"] | Int[np.ndarray, "B P 2"]
"""Row and column of P places in each image's map."""
VectorsAtPlaces = Float[tf.Tensor, "B P D"]
ClassAttributions = Float[tf.Tensor, "B P K"]


def at_places(maps: Activations, places: PlacesInMaps) -> VectorsAtPlaces:
    """Pick the vectors at each image's places: [B, P, D]."""
    shape = tf.shape(maps)
    numbers = places[..., 0] * shape[2] + places[..., 1]
    listed = tf.reshape(maps, (shape[0], shape[1] * shape[2], maps.shape[3]))
    return tf.gather(listed, numbers, batch_dims=1)
