"""A network as keras.applications has them, but so small that a test can train it."""

import keras
from keras import layers


def preprocess_input(pixels):
    """Map 0..255 to -1..1, as `tf` in a manifest."""
    return pixels / 127.5 - 1.0


def TinyNet(  # noqa: N802 - stands among the classes of keras.applications
    *,
    alpha=1.0,
    include_top=True,
    weights=None,
    input_shape=(32, 32, 3),
    pooling=None,
    classes=10,
):
    """Build two convolutions, with a head of ten classes or pooled features."""
    if weights == "imagenet":
        raise Exception("URL fetch failure on weights.h5")  # as Keras does
    pixels = keras.Input(input_shape)
    maps = layers.Conv2D(round(8 * alpha), 3, strides=2, name="conv1")(pixels)
    maps = layers.BatchNormalization(name="conv1_bn")(maps)
    maps = layers.ReLU(name="conv1_relu")(maps)
    maps = layers.Conv2D(round(12 * alpha), 3, strides=2, name="conv2")(maps)
    maps = layers.ReLU(name="conv2_relu")(maps)
    if include_top:
        pooled = layers.GlobalAveragePooling2D(name="pool")(maps)
        return keras.Model(pixels, layers.Dense(classes, name="head")(pooled))
    return keras.Model(pixels, layers.GlobalAveragePooling2D(name="pool")(maps))
