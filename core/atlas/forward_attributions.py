"""What each place of a layer adds to all classes at once, by one derivative forwards a place.

Source: Carter et al., "Activation Atlas" (2019), https://doi.org/10.23915/distill.00015, and
the notebook "activation-atlas-collect": the product of the Jacobian of the logits by the layer
with an activation that is h at the place and zero elsewhere: h · ∂logit/∂h for every class.
Like theirs it is taken by differentiating twice backwards (a gradient is linear in what it
starts from, and its derivative by that is the Jacobian): TensorFlow's `ForwardAccumulator` does
the same operation by operation, takes as long, and cannot trace some operations.
"""

import tensorflow as tf

from core.atlas.layer_logits import (
    ClassAttributions,
    LayerLogitsFunction,
    PlacesInMaps,
    VectorsAtPlaces,
    at_places,
)
from core.shapes import Activations, Images


def forward_attributions(
    score: LayerLogitsFunction, images: Images, places: PlacesInMaps
) -> tuple[VectorsAtPlaces, ClassAttributions]:
    """Collect vectors and their attributions to all classes; any number of classes costs alike.

    Args:
        score: from images [B, H, W, C] to activations [B, h, w, D] and logits [B, K].
        images: [B, H, W, C] float32, in the units the model was trained on.
        places: [B, P, 2] row and column, within the maps.

    Returns:
        The vectors [B, P, D], and [B, P, K] what each adds to the logits, to first order. Costs
        a forward pass, and P passes back to the logits that each take some 0.6 of a backward
        pass from the logits to the layer.

    Raises:
        LookupError: the network has an operation that cannot be differentiated twice.
    """
    with tf.GradientTape(watch_accessed_variables=False) as inner:
        activations, logits = score(images, inner.watch)
    weights = tf.zeros_like(logits)
    with tf.GradientTape(persistent=True, watch_accessed_variables=False) as outer:
        outer.watch(weights)
        gradients = inner.gradient(logits, activations, output_gradients=weights)
    places = tf.convert_to_tensor(places)

    def at_place(index: tf.Tensor) -> tf.Tensor:
        alone = _alone(activations, places[:, index])
        derivatives = outer.gradient(gradients, weights, output_gradients=alone)
        return tf.ensure_shape(derivatives, logits.shape)

    by_place = tf.map_fn(
        at_place,
        tf.range(tf.shape(places)[1]),
        fn_output_signature=tf.float32,
        parallel_iterations=1,
    )
    return at_places(activations, places), tf.transpose(by_place, [1, 0, 2])


def _alone(activations: Activations, place: tf.Tensor) -> Activations:
    """Keep each image's activation at one place [B, 2], and zero at all others."""
    shape = tf.shape(activations)
    is_row = tf.equal(tf.range(shape[1]), place[:, :1])
    is_column = tf.equal(tf.range(shape[2]), place[:, 1:])
    is_there = tf.logical_and(is_row[:, :, tf.newaxis], is_column[:, tf.newaxis])
    return tf.where(is_there[..., tf.newaxis], activations, tf.zeros_like(activations))
