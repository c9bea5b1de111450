"""Random brightness, contrast and saturation, so that a network does not rely on light."""

import tensorflow as tf

from core.models.preprocessing import LUMA_RGB


def colour_jitter(pixels: tf.Tensor, *, strength: float, seed: tf.Tensor) -> tf.Tensor:
    """Vary the light of each image on its own, by up to `strength` in three respects.

    Args:
        pixels: [B, H, W, 3] uint8, RGB.
        strength: 0 changes nothing; 0.4 multiplies each quality by 0.6 to 1.4.
        seed: [2] integers; the same seed varies the same images alike.

    Returns:
        [B, H, W, 3] uint8, RGB: what a camera could have given.
    """
    shape = (3, tf.shape(pixels)[0], 1, 1, 1)
    factors = tf.random.stateless_uniform(shape, seed, 1.0 - strength, 1.0 + strength)
    brightness, contrast, saturation = tf.unstack(factors)
    lit = tf.cast(pixels, tf.float32) * brightness
    grey = tf.reduce_sum(lit * tf.constant(LUMA_RGB), axis=-1, keepdims=True)
    mean_grey = tf.reduce_mean(grey, axis=(1, 2), keepdims=True)
    coloured = grey + (lit - grey) * saturation
    contrasted = mean_grey + (coloured - mean_grey) * contrast
    return tf.cast(tf.round(tf.clip_by_value(contrasted, 0.0, 255.0)), tf.uint8)
