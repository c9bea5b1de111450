"""Pixels become the network's units as Keras' own functions make them."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.manifest import Input
from core.models.preprocessing import preprocess

PIXELS = np.random.default_rng(5).integers(0, 256, (2, 3, 4, 3), np.uint8)


def fed(preprocessing, channels="rgb"):
    return Input(width=4, height=3, preprocessing=preprocessing, channels=channels)


@pytest.mark.parametrize("mode", ["tf", "caffe", "torch"])
def test_named_preprocessings_are_those_of_keras_applications(mode):
    expected = keras.applications.imagenet_utils.preprocess_input(
        PIXELS.astype(np.float32), mode=mode, data_format="channels_last"
    )

    prepared = preprocess(tf.constant(PIXELS), to=fed(mode)).numpy()

    np.testing.assert_allclose(prepared, expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(
    ("application", "module"),
    [("MobileNet", "mobilenet"), ("VGG16", "vgg16"), ("DenseNet121", "densenet")],
)
def test_an_applications_own_preprocessing_is_that_of_its_module(application, module):
    own = getattr(keras.applications, module).preprocess_input

    prepared = preprocess(tf.constant(PIXELS), to=fed("application"), application=application)

    expected = own(PIXELS.astype(np.float32))
    np.testing.assert_allclose(prepared.numpy(), expected, rtol=1e-5, atol=1e-4)


def test_unit_and_raw_only_scale_the_pixels():
    np.testing.assert_allclose(preprocess(tf.constant(PIXELS), to=fed("unit")), PIXELS / 255.0)
    np.testing.assert_array_equal(preprocess(tf.constant(PIXELS), to=fed("raw")), PIXELS)


@pytest.mark.parametrize("mode", ["tf", "torch", "unit", "raw"])
def test_the_colour_order_is_turned_after_the_colours_have_their_constants(mode):
    rgb = preprocess(tf.constant(PIXELS), to=fed(mode)).numpy()
    bgr = preprocess(tf.constant(PIXELS), to=fed(mode, "bgr")).numpy()

    np.testing.assert_array_equal(bgr, rgb[..., ::-1])


def test_grey_is_the_luma_of_the_colours():
    grey = preprocess(tf.constant(PIXELS), to=fed("raw", "grayscale")).numpy()

    expected = PIXELS @ np.array([0.299, 0.587, 0.114])
    np.testing.assert_allclose(grey[..., 0], expected, rtol=1e-5)
