"""A small network with fixed weights, and what a kernel is handed to explain its classes."""

from dataclasses import dataclass
from functools import cache, partial

import keras
import numpy as np
import tensorflow as tf

from core.models.taps import tapped
from core.score import class_scores, gradient_of

HEIGHT, WIDTH, CHANNELS, CLASSES = 12, 10, 3, 4
LAYER_HEIGHT, LAYER_WIDTH, LAYER_CHANNELS = 6, 5, 6
"""Of the layer that is watched, the last convolution."""


def random_images(count, *, seed=0):
    """Draw images [count, H, W, C] from -1 to 1; the first do not depend on the count."""
    numbers = np.random.default_rng(seed).uniform(-1.0, 1.0, (count, HEIGHT, WIDTH, CHANNELS))
    return tf.constant(numbers, tf.float32)


def build_network():
    """Build two convolutions, the mean over the positions and a layer of logits."""
    network = keras.Sequential(
        [
            keras.Input((HEIGHT, WIDTH, CHANNELS)),
            keras.layers.Conv2D(5, 3, padding="same", activation="relu", name="first"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(
                LAYER_CHANNELS, 3, padding="same", activation="relu", name="last"
            ),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(CLASSES, name="logits"),
        ]
    )
    numbers = np.random.default_rng(7)
    network.set_weights([numbers.normal(0.0, 0.4, weight.shape) for weight in network.weights])
    return network


NETWORK = build_network()


@dataclass(frozen=True)
class Question:
    """Why this class, or why this class rather than that one? The same for all images."""

    target: int = 1
    versus: int = -1

    def score(self, images):
        """Is a `ScoreFunction`."""
        logits = NETWORK(images)
        count = tf.shape(logits)[:1]
        return class_scores(logits, tf.fill(count, self.target), tf.fill(count, self.versus))

    def gradient(self, images):
        """Is a `GradientFunction`, compiled, as the worker hands it out."""
        return compiled_gradient(self)(images)

    def layer_score(self, images, watch):
        """Is a `LayerScoreFunction` of the last convolution."""
        seen = []

        def show(activations):
            seen.append(tf.identity(activations))
            watch(seen[0])
            return seen[0]

        with tapped(NETWORK.get_layer("last"), show):
            scores = self.score(images)
        return seen[0], scores

    def resumed_score(self, images, activations):
        """Is a `ResumedScoreFunction` of the last convolution."""
        with tapped(NETWORK.get_layer("last"), lambda _: activations):
            return self.score(images)


@cache
def compiled_gradient(question):
    """Compile a question's gradient once for all tests and any number of images."""
    signature = [tf.TensorSpec((None, HEIGHT, WIDTH, CHANNELS))]
    gradient = partial(gradient_of, question.score)
    return tf.function(gradient, input_signature=signature, autograph=False)
