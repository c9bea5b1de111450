"""What each place of a layer adds to the classes, by one backward pass a class.

Source: Carter et al., "Activation Atlas" (2019), https://doi.org/10.23915/distill.00015: the
attribution of an activation vector h to a class is h · ∂logit/∂h, its linear share. Departure:
the article also relaxes the gradients of max-pooling layers, which its published code does not.
"""

import tensorflow as tf

from core.atlas.layer_logits import (
    ClassAttributions,
    LayerLogitsFunction,
    PlacesInMaps,
    VectorsAtPlaces,
    at_places,
)
from core.shapes import Images


def reverse_attributions(
    score: LayerLogitsFunction, images: Images, places: PlacesInMaps
) -> tuple[VectorsAtPlaces, ClassAttributions]:
    """Collect vectors and their attributions to all classes; any number of places costs alike.

    Args:
        score: from images [B, H, W, C] to activations [B, h, w, D] and logits [B, K].
        images: [B, H, W, C] float32, in the units the model was trained on.
        places: [B, P, 2] row and column, within the maps.

    Returns:
        The vectors [B, P, D], and [B, P, K] what each adds to the logits, to first order. Costs
        a forward pass, and K backward passes from the logits to the layer.
    """
    with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
        activations, logits = score(images, tape.watch)
    vectors = at_places(activations, places)
    classes = tf.shape(logits)[1]

    def to_class(index: tf.Tensor) -> tf.Tensor:
        chosen = tf.broadcast_to(tf.one_hot(index, classes), tf.shape(logits))
        gradients = tape.gradient(logits, activations, output_gradients=chosen)
        return tf.reduce_sum(at_places(gradients, places) * vectors, axis=-1)

    by_class = tf.map_fn(
        to_class, tf.range(classes), fn_output_signature=tf.float32, parallel_iterations=1
    )
    return vectors, tf.transpose(by_class, [1, 2, 0])
