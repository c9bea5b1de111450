"""What a layer reads of a channel is what its output gains when the channel is raised."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.layers import named_layers
from core.models.readers import Readers, readers_of
from core.models.taps import all_tapped
from core.models.tensor_uses import tensor_uses

layers = keras.layers
SIDE = 8
EXAMPLE = tf.zeros((1, SIDE, SIDE, 3))
LIFT = 50.0
"""Opens every rectifier."""


def found(network, layer: str, channel: int) -> Readers:
    return readers_of(tensor_uses(network, network, EXAMPLE), layer, channel)


def settled(network: keras.Model) -> keras.Model:
    """Give weights and statistics of normalizations values that are not those of the start."""
    generator = np.random.default_rng(4)
    for layer in named_layers(network).values():
        if isinstance(layer, layers.BatchNormalization):
            sizes = (layer.get_weights()[0].shape,) * 4
            layer.set_weights([generator.uniform(0.5, 2.0, size) for size in sizes])
    return network


def gains(network, source: str, channel: int, *, others: set[str]) -> dict[str, np.ndarray]:
    """Measure what each layer's output gains, in its middle, where a channel rises by 1.

    What other readers put out is kept as it was, so that only the ways around them count.
    """
    named = named_layers(network)
    images = tf.random.stateless_uniform((1, SIDE, SIDE, 3), (1, 2))

    def outputs(rise: float, held: dict[str, tf.Tensor]) -> dict[str, tf.Tensor]:
        seen: dict[str, tf.Tensor] = {}

        def hook(name):
            def raised_or_held(output):
                if name == source:
                    lit = tf.one_hot(channel, output.shape[-1])
                    return output + LIFT + rise * lit
                seen[name] = output
                return held.get(name, output)

            return raised_or_held

        with all_tapped({name: (layer, hook(name)) for name, layer in named.items()}):
            network(images)
        return seen

    before = outputs(0.0, {})
    held = {name: before[name] for name in others}
    after = outputs(1.0, held)
    return {name: middle(after[name] - before[name]) for name in others}


def middle(change: tf.Tensor) -> np.ndarray:
    change = np.asarray(change)[0]
    return change if change.ndim == 1 else change[change.shape[0] // 2, change.shape[1] // 2]


def chain():
    inputs = keras.Input((SIDE, SIDE, 3))
    maps = layers.Conv2D(4, 3, padding="same", name="source")(inputs)
    maps = layers.ReLU(name="relu")(layers.BatchNormalization(name="bn")(maps))
    maps = layers.Conv2D(5, 3, padding="same", name="first")(
        layers.MaxPooling2D(name="p")(maps)
    )
    maps = layers.Conv2D(6, 1, name="second")(maps)
    pooled = layers.GlobalAveragePooling2D(name="pool")(maps)
    return keras.Model(inputs, layers.Dense(2, "softmax", name="scores")(pooled))


def residual():
    inputs = keras.Input((SIDE, SIDE, 3))
    maps = layers.Conv2D(4, 3, padding="same", name="source")(inputs)
    block = layers.ReLU()(layers.BatchNormalization(name="bn")(maps))
    block = layers.Conv2D(4, 3, padding="same", name="inside")(block)
    summed = layers.Add(name="sum")([maps, block])
    return keras.Model(inputs, layers.Conv2D(2, 1, name="behind")(summed))


def joined():
    inputs = keras.Input((SIDE, SIDE, 3))
    first = layers.Conv2D(2, 1, name="other")(inputs)
    second = layers.Conv2D(4, 1, name="source")(inputs)
    both = layers.Concatenate(name="both")([first, second])
    grouped = layers.Conv2D(6, 3, padding="same", groups=2, name="grouped")(both)
    lessened = layers.Subtract(name="less")([first, layers.Average()([second[..., :2], first])])
    return keras.Model(inputs, [grouped, lessened])


def apart():
    inputs = keras.Input((SIDE, SIDE, 3))
    maps = layers.Conv2D(4, 3, padding="same", name="source")(inputs)
    spread = layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2, name="depth")(maps)
    mixed = layers.SeparableConv2D(5, 3, padding="same", depth_multiplier=2, name="sep")(maps)
    return keras.Model(inputs, [spread, mixed])


def flat():
    inputs = keras.Input((SIDE, SIDE, 3))
    maps = layers.Conv2D(4, 3, padding="same", name="source")(inputs)
    maps = layers.AveragePooling2D(4, name="pool")(layers.Dropout(0.5, name="drop")(maps))
    normed = layers.BatchNormalization(name="bn")(layers.Flatten(name="flatten")(maps))
    return keras.Model(inputs, layers.Dense(3, name="scores")(normed))


def nested():
    inside = keras.Sequential(
        [
            keras.Input((SIDE, SIDE, 4)),
            layers.ReLU(name="relu"),
            layers.Conv2D(3, 3, padding="same", name="deep"),
        ],
        name="inside",
    )
    return keras.Sequential(
        [
            keras.Input((SIDE, SIDE, 3)),
            layers.Conv2D(4, 3, padding="same", name="source"),
            inside,
            layers.Flatten(name="flatten"),
        ]
    )


@keras.saving.register_keras_serializable("tests")
class Written(keras.Model):
    """A network whose sum and rectifier are written between its layers."""

    def __init__(self):
        super().__init__()
        self.source = layers.Conv2D(4, 3, padding="same", name="source")
        self.branch = layers.Conv2D(4, 3, padding="same", name="branch")
        self.last = layers.Conv2D(2, 1, name="last")

    def call(self, inputs):
        maps = self.source(inputs)
        return self.last(tf.nn.relu(maps + self.branch(maps)))


def written():
    network = Written()
    network(EXAMPLE)
    return network


CASES = {
    "a chain": (chain, {"first"}),
    "a residual block": (residual, {"inside", "behind"}),
    "channels apart": (apart, {"depth", "sep"}),
    "flattened maps": (flat, {"scores"}),
    "a nested network": (nested, {"inside/deep"}),
    "a written network": (written, {"branch", "last"}),
}


@pytest.mark.parametrize("channel", [0, 3])
@pytest.mark.parametrize("case", CASES)
def test_the_weights_are_what_a_raised_channel_adds(case, channel):
    build, expected = CASES[case]
    network = settled(build())

    readers = found(network, "source", channel)

    measured = gains(network, "source", channel, others=expected)
    assert {reader.layer for reader in readers.told} == expected
    assert readers.untold == ()
    for reader in readers.told:
        np.testing.assert_allclose(
            reader.weights, measured[reader.layer], atol=2e-4, err_msg=reader.layer
        )
        # No sum of n numbers is larger than their length times the root of n.
        cells = 3 * 3 * (SIDE // 4) ** 2
        assert (abs(reader.weights) <= reader.strengths * np.sqrt(cells) + 1e-6).all()


def test_groups_see_only_the_channels_of_their_own():
    network = joined()

    readers = found(network, "source", 3)

    # Behind the two channels of `other` it is channel 5 of 6, in the second group of three.
    [grouped] = [reader for reader in readers.told if reader.layer == "grouped"]
    kernel = np.asarray(network.get_layer("grouped").kernel)
    assert grouped.through == ("both",)
    assert grouped.reads.tolist() == [False] * 3 + [True] * 3
    np.testing.assert_allclose(grouped.weights[3:], kernel[:, :, 2, 3:].sum((0, 1)), atol=1e-6)
    assert not grouped.weights[:3].any()


def test_a_depthwise_layer_reads_a_channel_with_its_own_units_alone():
    [depth] = [one for one in found(apart(), "source", 1).told if one.layer == "depth"]

    assert np.flatnonzero(depth.reads).tolist() == [2, 3]


def test_what_cuts_channels_out_of_maps_is_named_as_not_told():
    readers = found(joined(), "source", 0)

    assert "less" not in {reader.layer for reader in readers.told}
    assert [(one.name, one.type) for one in readers.untold] == [("StridedSlice", "")]


def test_signs_and_parts_of_sums_are_kept():
    inputs = keras.Input((SIDE, SIDE, 3))
    one = layers.Conv2D(2, 1, name="source")(inputs)
    other = layers.Conv2D(2, 1, name="other")(inputs)
    mixed = layers.Average(name="mean")([layers.Subtract(name="less")([other, one]), one])
    network = keras.Model(inputs, layers.Conv2D(3, 1, name="last")(mixed))

    [last] = found(network, "source", 1).told

    # Half of (other - one) and half of one: nothing of the channel is left.
    np.testing.assert_allclose(last.weights, 0.0, atol=1e-7)
    [of_other] = found(network, "other", 1).told
    kernel = np.asarray(network.get_layer("last").kernel)[0, 0, 1]
    np.testing.assert_allclose(of_other.weights, kernel / 2, atol=1e-7)


def test_what_multiplies_channels_is_named_as_not_told():
    inputs = keras.Input((SIDE, SIDE, 3))
    maps = layers.Conv2D(4, 3, padding="same", name="source")(inputs)
    gates = layers.Dense(4, "sigmoid", name="gates")(layers.GlobalAveragePooling2D()(maps))
    gated = layers.Multiply(name="gated")([maps, layers.Reshape((1, 1, 4))(gates)])
    network = keras.Model(inputs, layers.Conv2D(2, 1, name="last")(gated))

    readers = found(network, "source", 2)

    assert [reader.layer for reader in readers.told] == ["gates"]
    assert [(one.name, one.type) for one in readers.untold] == [("gated", "Multiply")]


def test_nothing_reads_the_scores_that_a_network_ends_in():
    network = chain()

    assert found(network, "scores", 0) == Readers((), ())
