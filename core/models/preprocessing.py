"""From 0..255 pixels to the units that a network was trained on, by the names Keras uses.

Source: `keras.applications.imagenet_utils.preprocess_input`, modes "tf", "caffe" and "torch".
"""

import tensorflow as tf
from jaxtyping import Num

from core.models.applications import own_preprocessing
from core.models.manifest import Input
from core.shapes import Images

RgbPixels = Num[tf.Tensor, "B H W 3"]

IMAGENET_MEAN_BGR = (103.939, 116.779, 123.68)
"""Of 0..255 pixels; "caffe" subtracts it."""
IMAGENET_MEAN_RGB = (0.485, 0.456, 0.406)
IMAGENET_DEVIATION_RGB = (0.229, 0.224, 0.225)
"""Of 0..1 pixels; "torch" standardizes by these two."""
LUMA_RGB = (0.299, 0.587, 0.114)
"""ITU-R 601 weights, as Pillow's conversion to grey uses."""


def preprocess(pixels: RgbPixels, *, to: Input, application: str | None = None) -> Images:
    """Turn RGB pixels into a network's input.

    Args:
        pixels: [B, H, W, 3] RGB in 0..255, uint8 or, where a gradient is to pass, float32.
        to: the manifest's description of the input.
        application: the architecture of `keras.applications` whose own preprocessing
            "application" stands for; not needed for the others.

    Returns:
        [B, H, W, C] float32 in the network's colour order and units; C is 1 for grayscale.
        "caffe" means BGR whatever the manifest's `channels` say; "torch" standardizes RGB and
        then puts the channels in the manifest's order.
    """
    images = tf.cast(pixels, tf.float32)
    if to.channels == "grayscale":
        images = tf.reduce_sum(images * LUMA_RGB, axis=-1, keepdims=True)
    match to.preprocessing:
        case "tf":
            images = images / 127.5 - 1.0
        case "unit":
            images = images / 255.0
        case "torch":
            images = (images / 255.0 - IMAGENET_MEAN_RGB) / IMAGENET_DEVIATION_RGB
        case "caffe":
            return tf.reverse(images, axis=[-1]) - IMAGENET_MEAN_BGR
        case "application":
            return tf.cast(own_preprocessing(str(application))(images), tf.float32)
    return tf.reverse(images, axis=[-1]) if to.channels == "bgr" else images
