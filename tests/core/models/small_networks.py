"""One small network in every form that Keras has, each with a slow second implementation.

All compute the same chain in their own way: rescale, stem (3x3, ReLU), last (3x3, ReLU), mean
over the positions, dense. `Chain` does it in NumPy, in double precision.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import keras
import numpy as np

SIDE, CHANNELS, MAPS, CLASSES = 6, 3, 4, 3
AGE = (0.5, -1.0)


@dataclass(frozen=True)
class Chain:
    """The second implementation: float64, from the weights alone."""

    stem: tuple[np.ndarray, ...]
    last: tuple[np.ndarray, ...]
    dense: tuple[np.ndarray, ...]
    rescale: tuple[float, float] = (1.0, 0.0)
    normalization: tuple[np.ndarray, ...] | None = None
    """Scale, offset, mean and variance, with Keras' epsilon, after the stem."""
    last_again: tuple[np.ndarray, ...] | None = None
    auxiliary: tuple[float, ...] = ()
    is_single: bool = False
    is_ranked: bool = False

    def maps(self, images: np.ndarray) -> np.ndarray:
        """What the last convolution puts out: [B, h, w, D]."""
        scale, offset = self.rescale
        scaled = images.astype(np.float64) * scale + offset
        scaled = np.argsort(scaled, axis=-1) if self.is_ranked else scaled
        maps = convolved(scaled, *self.stem)
        if self.normalization is not None:
            gamma, beta, mean, variance = self.normalization
            maps = (maps - mean) / np.sqrt(variance + 1e-3) * gamma + beta
        maps = np.maximum(maps, 0)
        if self.last_again is not None:
            maps = np.maximum(convolved(maps, *self.last_again), 0)
            maps = np.maximum(convolved(maps, *self.last_again), 0)
        return np.maximum(convolved(maps, *self.last), 0)

    def logits(self, maps: np.ndarray) -> np.ndarray:
        """The scores that follow from the maps: [B, K]."""
        pooled = maps.mean(axis=(1, 2))
        fixed = np.tile(self.auxiliary, (len(maps), 1))
        kernel, bias = self.dense
        scores = (
            np.concatenate([pooled, fixed], axis=1) @ kernel.reshape(-1, kernel.shape[-1])
            + bias
        )
        return np.concatenate([-scores, scores], axis=1) if self.is_single else scores

    def scores(self, images: np.ndarray) -> np.ndarray:
        """The scores that follow from the images: [B, K]."""
        return self.logits(self.maps(images))


def convolved(images: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Convolve with zero padding, position by position of the 3x3 kernel."""
    height, width = images.shape[1:3]
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)))
    shifted = [
        padded[:, row : row + height, column : column + width] @ kernel[row, column]
        for row in range(3)
        for column in range(3)
    ]
    return np.sum(shifted, axis=0) + bias


def slopes(function: Callable[[np.ndarray], np.ndarray], at: np.ndarray) -> np.ndarray:
    """Differentiate scores [n·B] by every number of `at` [B, ...], by central differences.

    All the steps go through the function at once, step by step and image by image.
    """
    count = at[0].size
    steps = np.eye(count).reshape(count, 1, *at.shape[1:]) * 1e-6
    stepped = np.concatenate([at + steps, at - steps]).reshape(-1, *at.shape[1:])
    upper, lower = function(stepped).reshape(2, count, len(at))
    return ((upper - lower) / 2e-6).T.reshape(at.shape)


@dataclass(frozen=True)
class Form:
    """A network, how its manifest differs from the plain one, and its second implementation."""

    network: keras.Model
    chain: Chain | None
    layer: str = "last"
    """Path of the last convolution."""
    weights: str = 'file = "network.keras"'
    fed: str = ""
    answered: str = 'activation = "softmax"\nclasses = ["cat", "dog", "owl"]'
    tolerance: float = 1e-4

    @property
    def manifest(self) -> str:
        """The text of its `model.toml`."""
        return (
            f"[weights]\n{self.weights}\n[output]\n{self.answered}\n"
            f"[input]\nwidth = {SIDE}\nheight = {SIDE}\npreprocessing = 'tf'\n{self.fed}\n"
        )


def convolution(name: str, activation: str | None = "relu") -> keras.layers.Conv2D:
    """A 3x3 convolution with a bias that is not zero."""
    return keras.layers.Conv2D(
        MAPS,
        3,
        padding="same",
        activation=activation,
        bias_initializer="random_normal",
        name=name,
    )


def dense(outputs: int = CLASSES, activation: str | None = "softmax") -> keras.layers.Dense:
    """The head, with a bias that is not zero."""
    return keras.layers.Dense(
        outputs, activation=activation, bias_initializer="random_normal", name="dense"
    )


def pool(**options: bool) -> keras.layers.Layer:
    """The mean over the positions."""
    return keras.layers.GlobalAveragePooling2D(name="pool", **options)


def image(channels: int = CHANNELS) -> keras.KerasTensor:
    """The input that takes the image."""
    return keras.Input((SIDE, SIDE, channels), name="image")


def chain_of(*layers: keras.Layer, **more: Any) -> Chain:
    """The second implementation with the weights of a stem, a last convolution and a head."""
    return Chain(*(weights_of(layer) for layer in layers), **more)


def weights_of(layer: keras.Layer) -> tuple[np.ndarray, ...]:
    """A layer's weights in double precision."""
    return tuple(weight.astype(np.float64) for weight in layer.get_weights())


def functional() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense()
    network = keras.Model(given := image(), head(pool()(last(stem(given)))))
    return Form(network, chain_of(stem, last, head))


def softmax_layer() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense(activation=None)
    scores = head(pool()(last(stem(given := image()))))
    return Form(keras.Model(given, keras.layers.Softmax()(scores)), chain_of(stem, last, head))


def sequential() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense()
    network = keras.Sequential([image(), stem, last, pool(), head])
    return Form(network, chain_of(stem, last, head))


def sequential_built_by_call() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense()
    network = keras.Sequential([stem, last, pool(), head])
    network(np.zeros((1, SIDE, SIDE, CHANNELS), np.float32))
    return Form(network, chain_of(stem, last, head))


def nested_backbone() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense()
    backbone = keras.Model(inner := image(), last(stem(inner)), name="backbone")
    network = keras.Model(given := image(), head(pool()(backbone(given))))
    return Form(network, chain_of(stem, last, head), layer="backbone/last")


def twice_nested_with_softmax_inside() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense()
    backbone = keras.Sequential([image(), stem, last], name="backbone")
    classifier = keras.Sequential([pool(), head], name="classifier")
    whole = keras.Sequential([image(), backbone, classifier], name="whole")
    network = keras.Model(given := image(), whole(given))
    return Form(network, chain_of(stem, last, head), layer="whole/backbone/last")


@keras.saving.register_keras_serializable(package="small_networks")
class Subclassed(keras.Model):
    """Ends in a bare operation, and its layers have the names that Keras makes up."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        unnamed = {"padding": "same", "activation": "relu", "bias_initializer": "random_normal"}
        self.stem = keras.layers.Conv2D(MAPS, 3, **unnamed)
        self.blocks = [Block()]
        self.head = keras.layers.Dense(CLASSES, bias_initializer="random_normal")

    def call(self, images: Any) -> Any:
        maps = self.blocks[0](self.stem(images))
        return keras.ops.softmax(self.head(keras.ops.mean(maps, axis=(1, 2))))


@keras.saving.register_keras_serializable(package="small_networks")
class Block(keras.layers.Layer):
    """A layer that is no model and has a layer inside."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.last = convolution("last")

    def call(self, maps: Any) -> Any:
        return self.last(maps)


def subclassed() -> Form:
    network = Subclassed()
    network(np.zeros((1, SIDE, SIDE, CHANNELS), np.float32))
    chain = chain_of(network.stem, network.blocks[0].last, network.head)
    return Form(network, chain, layer="blocks_0/last")


def several_inputs() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense()
    age = keras.Input((2,), name="age")
    pooled = pool()(last(stem(given := image())))
    network = keras.Model([age, given], head(keras.layers.Concatenate()([pooled, age])))
    chain = chain_of(stem, last, head, auxiliary=AGE)
    return Form(network, chain, fed=f"name = 'image'\nauxiliary = {{ age = {list(AGE)} }}")


def named_inputs() -> Form:
    form = several_inputs()
    image_input, age = form.network.inputs[1], form.network.inputs[0]
    network = keras.Model({"image": image_input, "age": age}, form.network.output)
    return replace(form, network=network)


def several_outputs() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense()
    maps = last(stem(given := image()))
    colours = keras.layers.Conv2D(2, 1, name="colours")(maps)
    network = keras.Model(given, [colours, head(pool()(maps))])
    answered = Form.answered + "\nname = 'dense'"
    return Form(network, chain_of(stem, last, head), answered=answered)


def outputs_in_a_dictionary() -> Form:
    form = several_outputs()
    colours, scores = form.network.outputs
    network = keras.Model(form.network.input, {"kind": scores, "a_colour": colours})
    return replace(form, network=network, answered=Form.answered + "\nindex = 1")


def grayscale() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense()
    network = keras.Sequential([image(channels=1), stem, last, pool(), head])
    return Form(network, chain_of(stem, last, head), fed="channels = 'grayscale'")


def pointwise_head() -> Form:
    stem, last = convolution("stem"), convolution("last")
    head = keras.layers.Conv2D(CLASSES, 1, bias_initializer="random_normal", name="logits")
    network = keras.Sequential(
        [image(), stem, last, pool(keepdims=True), keras.layers.Dropout(0.5), head]
    )
    network.add(keras.layers.Reshape((CLASSES,)))
    network.add(keras.layers.Activation("softmax"))
    return Form(network, chain_of(stem, last, head))


def pointwise_head_not_reshaped() -> Form:
    stem, last = convolution("stem"), convolution("last")
    head = keras.layers.Conv2D(CLASSES, 1, activation="softmax", name="logits")
    network = keras.Sequential([image(), stem, last, pool(keepdims=True), head])
    return Form(network, chain_of(stem, last, head))


def bare_logits() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense(activation=None)
    network = keras.Sequential([image(), stem, last, pool(), head])
    answered = Form.answered.replace("softmax", "logits")
    return Form(network, chain_of(stem, last, head), answered=answered)


def one_sigmoid() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense(1, "sigmoid")
    network = keras.Sequential([image(), stem, last, pool(), head])
    answered = 'activation = "sigmoid"\nclasses = ["cat", "dog"]'
    return Form(network, chain_of(stem, last, head, is_single=True), answered=answered)


def one_sigmoid_left_out() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense(1, None)
    network = keras.Sequential([image(), stem, last, pool(), head])
    answered = 'activation = "sigmoid-logits"\nclasses = ["cat", "dog"]'
    return Form(network, chain_of(stem, last, head, is_single=True), answered=answered)


def many_sigmoids() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense(CLASSES, "sigmoid")
    network = keras.Sequential([image(), stem, last, pool(), head])
    answered = Form.answered.replace("softmax", "sigmoid")
    return Form(network, chain_of(stem, last, head), answered=answered)


def shared_layer() -> Form:
    stem, again, last = convolution("stem"), convolution("again"), convolution("last")
    head = dense()
    network = keras.Model(given := image(), head(pool()(last(again(again(stem(given)))))))
    return Form(network, chain_of(stem, last, head, last_again=weights_of(again)))


@keras.saving.register_keras_serializable(package="small_networks")
class Pair(keras.layers.Layer):
    """A layer of two outputs."""

    def call(self, maps: Any) -> Any:
        return maps, keras.ops.mean(maps)


def layer_of_two_outputs() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense()
    maps, _ = Pair(name="pair")(stem(given := image()))
    network = keras.Model(given, head(pool()(last(maps))))
    return Form(network, chain_of(stem, last, head))


def half_precision() -> Form:
    with_floats = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        return replace(sequential(), tolerance=5e-2)
    finally:
        keras.config.set_dtype_policy(with_floats)


def layers_of_training() -> Form:
    """Augmentation, dropout and batch normalization, which must all be as in inference."""
    stem, last, head = convolution("stem", activation=None), convolution("last"), dense()
    normalization = keras.layers.BatchNormalization(name="normalization")
    network = keras.Sequential(
        [
            image(),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomContrast(0.5),
            keras.layers.GaussianNoise(1.0),
            keras.layers.Rescaling(0.5, offset=0.25),
            stem,
            normalization,
            keras.layers.ReLU(name="rectified"),
            last,
            keras.layers.SpatialDropout2D(0.5),
            pool(),
            keras.layers.Dropout(0.5),
            head,
        ]
    )
    normalization.set_weights([np.linspace(low, 1.5, MAPS) for low in (0.5, -0.5, -0.2, 0.3)])
    chain = chain_of(
        stem, last, head, rescale=(0.5, 0.25), normalization=weights_of(normalization)
    )
    return Form(network, chain, layer="last")


@keras.saving.register_keras_serializable(package="small_networks")
class Ranked(keras.layers.Layer):
    """A layer that nothing can be differentiated through."""

    def call(self, maps: Any) -> Any:
        return keras.ops.cast(keras.ops.argsort(maps), "float32")


def row_of_tokens() -> Form:
    tokens = keras.layers.Reshape((SIDE * SIDE, CHANNELS), name="tokens")
    mixing = keras.layers.Dense(5, activation="relu", name="mixing")
    mean = keras.layers.GlobalAveragePooling1D(name="mean")
    network = keras.Sequential([image(), tokens, mixing, mean, dense()])
    return Form(network, chain=None, layer="")


def ranked_pixels() -> Form:
    stem, last, head = convolution("stem"), convolution("last"), dense()
    network = keras.Sequential([image(), Ranked(name="ranked"), stem, last, pool(), head])
    return Form(network, replace(chain_of(stem, last, head), is_ranked=True))


FORMS: dict[str, Callable[[], Form]] = {
    make.__name__.replace("_", " "): make
    for make in (
        functional,
        softmax_layer,
        sequential,
        sequential_built_by_call,
        nested_backbone,
        twice_nested_with_softmax_inside,
        subclassed,
        several_inputs,
        named_inputs,
        several_outputs,
        outputs_in_a_dictionary,
        grayscale,
        pointwise_head,
        pointwise_head_not_reshaped,
        bare_logits,
        one_sigmoid,
        one_sigmoid_left_out,
        many_sigmoids,
        shared_layer,
        layer_of_two_outputs,
        half_precision,
        layers_of_training,
    )
}
"""Every form by the words that describe it."""

UNUSUAL: dict[str, Callable[[], Form]] = {
    "row of tokens": row_of_tokens,
    "ranked pixels": ranked_pixels,
}
"""Networks that some methods must refuse."""
