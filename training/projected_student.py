"""What the student is judged by while it learns: its answers, and its features' likeness."""

import keras
import tensorflow as tf

from core.models.manifest import Input
from core.models.preprocessing import preprocess


class ProjectedStudent:
    """The network with its projection of features, which is dropped at the end."""

    def __init__(
        self, network: keras.Model, fed: Input, features_layer: str, *, feature_count: int
    ) -> None:
        self.network, self.fed = network, fed
        pooled = network.get_layer(features_layer).output
        self.trunk = keras.Model(network.input, pooled)
        self.head = network.layers[-1]
        self.projection = keras.layers.Dense(feature_count, dtype="float32")
        self.projection.build(pooled.shape)

    @property
    def trainable(self) -> list[keras.Variable]:
        """What the optimizer moves."""
        return [*self.network.trainable_variables, *self.projection.trainable_variables]

    def answers(self, pixels: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Compute logits [B, C] and projected features [B, F] of uint8 pixels, in training."""
        pooled = self.trunk(preprocess(pixels, to=self.fed), training=True)
        pooled = tf.cast(pooled, tf.float32)
        return pooled @ self.head.kernel + self.head.bias, self.projection(pooled)


def divergence(answers: tf.Tensor, logits: tf.Tensor, *, temperature: float) -> tf.Tensor:
    """Mean Kullback-Leibler divergence of softened logits [B, C] from answers [B, C].

    The factor temperature squared keeps the size of gradients the same at every
    temperature (Hinton et al., section 2).
    """
    own = tf.nn.log_softmax(logits / temperature)
    wanted = tf.math.log(tf.maximum(answers, 1e-9))
    per_image = tf.reduce_sum(answers * (wanted - own), axis=-1)
    return temperature**2 * tf.reduce_mean(per_image)
