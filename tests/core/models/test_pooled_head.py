import keras
import numpy as np
import pytest
import tensorflow as tf

from core.errors import MethodUnsupportedError
from core.explain.cam import cam
from core.models.pooled_head import class_weights, pooled_head
from core.models.taps import tapped

layers = keras.layers
EXAMPLE = tf.constant(np.random.default_rng(20).uniform(-1, 1, (2, 8, 8, 3)), tf.float32)


def maps_of(inputs, channels=5):
    return layers.Conv2D(channels, 3, activation="relu", name="maps")(inputs)


def functional(*head):
    inputs = keras.Input((8, 8, 3))
    outputs = maps_of(inputs)
    for layer in head:
        outputs = layer(outputs)
    return keras.Model(inputs, outputs)


def pool(**options):
    return layers.GlobalAveragePooling2D(**options)


def backbone(*head):
    inputs = keras.Input((8, 8, 3))
    outputs = layers.ReLU(name="last_relu")(layers.Conv2D(5, 3)(inputs))
    for layer in head:
        outputs = layer(outputs)
    return keras.Model(inputs, outputs, name="backbone")


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__()
        self.maps = layers.Conv2D(5, 3, activation="relu")
        self.pool = pool()
        self.logits = layers.Dense(4)

    def call(self, inputs):
        return self.logits(self.pool(self.maps(inputs)))


KNOWN = {
    "softmax": (lambda: functional(pool(), layers.Dense(4, activation="softmax")), "maps"),
    "logits": (lambda: functional(pool(), layers.Dense(4)), "maps"),
    "softmax-layer": (lambda: functional(pool(), layers.Dense(4), layers.Softmax()), "maps"),
    "mobilenet": (
        lambda: functional(
            pool(keepdims=True),
            layers.Dropout(0.1),
            layers.Conv2D(4, 1),
            layers.Reshape((4,)),
            layers.Activation("softmax"),
        ),
        "maps",
    ),
    "nested": (
        lambda: keras.Sequential(
            [
                keras.Input((8, 8, 3)),
                backbone(),
                pool(),
                layers.Dropout(0.2),
                layers.Dense(4, activation="softmax"),
            ]
        ),
        "backbone/last_relu",
    ),
    "pooling-backbone": (
        lambda: keras.Sequential([keras.Input((8, 8, 3)), backbone(pool()), layers.Dense(4)]),
        "backbone/last_relu",
    ),
    "subclassed": (Subclassed, "maps"),
}


@pytest.mark.parametrize(("build", "layer"), KNOWN.values(), ids=KNOWN.keys())
def test_a_pooled_head_gives_its_layer_and_its_weights(build, layer):
    network = build()
    network(EXAMPLE)

    head = pooled_head(network, network, EXAMPLE)

    assert head.layer == layer
    kernel = next(weight for weight in reversed(network.weights) if "kernel" in weight.path)
    np.testing.assert_array_equal(head.weights, kernel.numpy().reshape(-1, 4))


def test_the_weights_make_the_scores_of_the_maps_that_are_pooled():
    network = functional(pool(), layers.Dropout(0.3), layers.Dense(4, use_bias=False))
    head = pooled_head(network, network, EXAMPLE)
    seen = []
    with tapped(network.get_layer(head.layer), lambda maps: seen.append(maps) or maps):
        logits = network(EXAMPLE)

    weights = class_weights(head.weights, tf.constant([1, 3]), tf.constant([-1, 0]))
    means = tf.reduce_mean(cam(seen[0], weights), axis=(1, 2))

    np.testing.assert_allclose(
        means, [logits[0, 1], logits[1, 3] - logits[1, 0]], rtol=1e-4, atol=1e-6
    )


def test_one_sigmoid_speaks_for_two_classes():
    network = functional(pool(), layers.Dense(1, activation="sigmoid"))

    weights = pooled_head(network, network, EXAMPLE).weights.numpy()

    kernel = network.layers[-1].kernel.numpy()
    np.testing.assert_array_equal(weights, np.concatenate([-kernel, kernel], axis=1))


UNKNOWN = {
    "flattened": (lambda: functional(layers.Flatten(), layers.Dense(4)), "no pooling|stands"),
    "maximum": (
        lambda: functional(layers.GlobalMaxPooling2D(name="top"), layers.Dense(4)),
        r"layer 'top' \(GlobalMaxPooling2D\) stands between",
    ),
    "two-dense": (
        lambda: functional(pool(), layers.Dense(3, name="hidden"), layers.Dense(4)),
        "layer 'hidden'",
    ),
    "curved-end": (
        lambda: functional(pool(), layers.Dense(4, activation="tanh", name="end")),
        "layer 'end'",
    ),
    "normalized": (
        lambda: functional(pool(), layers.BatchNormalization(name="norm"), layers.Dense(4)),
        "layer 'norm'",
    ),
    "no-dense": (lambda: functional(layers.Conv2D(4, 1, name="last"), pool()), "'glob"),
    "two-ways": (
        lambda: functional(pool(), lambda pooled: layers.Dense(4)(pooled) + 1.0),
        "no pooling layer",
    ),
    "pooled-pixels": (
        lambda: keras.Sequential([keras.Input((8, 8, 3)), pool(name="pool"), layers.Dense(4)]),
        "layer 'pool'.*no layer puts out",
    ),
}


@pytest.mark.parametrize(("build", "reason"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_any_other_head_is_refused_with_the_reason(build, reason):
    network = build()

    with pytest.raises(MethodUnsupportedError, match=reason):
        pooled_head(network, network, EXAMPLE)
