"""A network whose last weights are drawn anew for a while, for the test of what a map sees.

Source: Adebayo et al., "Sanity Checks for Saliency Maps" (2018),
https://arxiv.org/abs/1810.03292, section 3, the first step of the cascading randomization: the
layer next to the output. Departure: the weights are drawn from a normal distribution with the
mean and spread of the trained ones, so that the scores keep their scale; the paper draws them
as before training.

Nothing is copied and nothing compiled: compiled functions read the variables, so that they see
the drawn weights as long as these are in the variables' place. The network must meanwhile be
used by nobody else.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import keras
import tensorflow as tf

from core.models.classifier import Classifier
from core.models.layers import named_layers
from core.progress import Step, Track

WEIGHT_MATRIX_RANK = 2
"""A layer whose weights have all a lower rank, as a normalization's, tells no classes apart."""


@dataclass(frozen=True)
class RandomizedHead:
    """The last layer with weights, with others for them."""

    variables: Sequence[keras.Variable]
    trained: Sequence[tf.Tensor]
    drawn: Sequence[tf.Tensor]

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Put the drawn weights into the network until the block ends, however it ends."""
        self._assign(self.drawn)
        try:
            yield
        finally:
            self._assign(self.trained)

    def tracked(self, track: Track) -> Track:
        """Give the network its trained weights back while the caller's track has the word.

        For loops within `in_place`: between two steps the caller may use the network for
        something else.
        """

        def go_through(steps: Sequence[Step], /) -> Iterable[Step]:
            with self._trained_in_place():
                remaining = iter(track(steps))
            for _ in steps:
                with self._trained_in_place():
                    step = next(remaining)
                yield step

        return go_through

    @contextmanager
    def _trained_in_place(self) -> Iterator[None]:
        self._assign(self.trained)
        try:
            yield
        finally:
            self._assign(self.drawn)

    def _assign(self, weights: Sequence[tf.Tensor]) -> None:
        for variable, weight in zip(self.variables, weights, strict=True):
            variable.assign(weight)


def randomized_head(classifier: Classifier, *, seed: int) -> RandomizedHead | None:
    """Draw other weights for the last layer that has a matrix of them.

    Args:
        classifier: its network stays as it is until `in_place`.
        seed: of the weights.

    Returns:
        The layer's weights, twice the memory that they take; none where the network shows no
        such layer, as one that was loaded as a closed graph.
    """
    layer = last_weighted_layer(classifier)
    if layer is None:
        return None
    trained = [tf.identity(variable.value) for variable in layer.weights]
    drawn = [redrawn(weight, seed=(seed, index)) for index, weight in enumerate(trained)]
    return RandomizedHead(layer.weights, trained, drawn)


def last_weighted_layer(classifier: Classifier) -> keras.Layer | None:
    """Find the last layer of the forward pass that multiplies by weights of its own."""
    layers = named_layers(classifier.network)
    for name, described in reversed(classifier.layers.items()):
        layer = layers[name]
        is_leaf = not any(
            inner.weights
            for inner in layer._flatten_layers(include_self=False, recursive=False)
        )
        if described.feeds_output and is_leaf and _has_matrix(layer):
            return layer
    return None


def _has_matrix(layer: keras.Layer) -> bool:
    """Whether a layer has a matrix of floating-point weights, and nothing but such weights."""
    weights = [variable.value for variable in layer.weights]
    return all(weight.dtype.is_floating for weight in weights) and any(
        weight.shape.rank >= WEIGHT_MATRIX_RANK for weight in weights
    )


def redrawn(weight: tf.Tensor, *, seed: tuple[int, int]) -> tf.Tensor:
    """Draw a tensor with the mean and the spread of another."""
    values = tf.cast(weight, tf.float32)
    normal = tf.random.stateless_normal(
        weight.shape,
        seed=seed,
        mean=tf.reduce_mean(values),
        stddev=tf.math.reduce_std(values),
    )
    return tf.cast(normal, weight.dtype)
