"""A convolution's filters say what each output channel makes of each input channel."""

import keras
import numpy as np
import pytest

from core.models.filters import filters_of

CELLS = 3


def built(layer: keras.Layer, channels: int) -> keras.Layer:
    layer.build((None, 8, 8, channels))
    return layer


def response_to(layer: keras.Layer, channel: int, channels: int) -> np.ndarray:
    """Put a single lit cell into one channel; gives the output [h, w, D] around it."""
    images = np.zeros((1, 9, 9, channels), np.float32)
    images[0, 4, 4, channel] = 1
    return np.asarray(layer(images)[0])


@pytest.mark.parametrize("channel", [0, 3])
def test_a_filter_holds_what_a_lit_cell_becomes(channel):
    layer = built(keras.layers.Conv2D(5, CELLS, padding="same", use_bias=False), 4)

    filters = filters_of(layer)

    # A convolution shows its filter turned around where a single cell is lit.
    shown = response_to(layer, channel, 4)[3:6, 3:6][::-1, ::-1]
    assert filters.shape == (3, 3, 4, 5)
    np.testing.assert_allclose(filters[:, :, channel], shown, atol=1e-6)


def test_a_transposed_convolution_has_its_channels_in_the_same_order():
    layer = built(keras.layers.Conv2DTranspose(5, CELLS, padding="same", use_bias=False), 4)

    filters = filters_of(layer)

    assert filters.shape == (3, 3, 4, 5)
    shown = response_to(layer, 2, 4)[3:6, 3:6]
    np.testing.assert_allclose(filters[:, :, 2], shown, atol=1e-6)


def test_depthwise_filters_stand_in_the_order_of_the_layers_output():
    layer = built(
        keras.layers.DepthwiseConv2D(CELLS, padding="same", depth_multiplier=2, use_bias=False),
        4,
    )

    filters = filters_of(layer)

    # Input channel 3 becomes the output channels 6 and 7.
    assert filters.shape == (3, 3, 1, 8)
    shown = response_to(layer, 3, 4)[3:6, 3:6][::-1, ::-1]
    np.testing.assert_allclose(filters[:, :, 0, 6:], shown[..., 6:], atol=1e-6)
    assert not shown[..., :6].any()


@pytest.mark.parametrize(
    "layer",
    [keras.layers.Dense(2), keras.layers.ReLU(), keras.layers.BatchNormalization()],
    ids=lambda layer: type(layer).__name__,
)
def test_other_layers_have_no_filters(layer):
    assert filters_of(built(layer, 4)) is None
