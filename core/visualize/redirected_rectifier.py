"""Gradients through rectifiers that are shut everywhere, so that a dead unit lights up.

Where a unit answers to nothing in the first noise, its gradient is zero and the picture stays
grey. In the first steps a gradient is then let through a shut rectifier, unless it would only
push it further shut.

Source: lucid, `misc/redirected_relu_grad.py`. Departure: their rule knows ReLU and ReLU6; this
one takes any rectifier by what it does, so that thresholds are covered too.
"""

from collections.abc import Callable

import tensorflow as tf

from core.models.rectifiers import Rectifier
from core.own_gradient import own_gradient


def redirect(rectify: Rectifier, features: tf.Tensor) -> tf.Tensor:
    """Rectify, with a redirected gradient; is a `RectifierRule`, for gradients of a loss."""
    return _redirected_back(features, tf.stop_gradient(rectify(features)))


@own_gradient
def _redirected_back(
    entering: tf.Tensor, rectified: tf.Tensor
) -> tuple[tf.Tensor, Callable[[tf.Tensor], tuple[tf.Tensor, None]]]:
    """Give what a rectifier puts out; the way back is redirected, to what enters it."""
    return tf.identity(rectified), lambda upstream: (
        redirected(upstream, entering, rectified),
        None,
    )


def usual(upstream: tf.Tensor, entering: tf.Tensor, rectified: tf.Tensor) -> tf.Tensor:
    """Pass a gradient where the rectifier is open."""
    is_open = (rectified == entering) & (rectified != 0)
    return tf.where(is_open, upstream, tf.zeros_like(upstream))


def redirected(upstream: tf.Tensor, entering: tf.Tensor, rectified: tf.Tensor) -> tf.Tensor:
    """Pass a loss' gradient where the rectifier is open or, if nothing gets through, shut.

    Args:
        upstream: [B, ...] gradient of a loss by what the rectifier puts out.
        entering: [B, ...] what enters the rectifier.
        rectified: [B, ...] what it puts out: nothing below its threshold, and perhaps no more
            than a ceiling.

    Returns:
        [B, ...]: for an image of which anything gets through, the usual gradient. For the
        others, all but what would lower a feature that is below the threshold, or raise one
        that is above the ceiling.
    """
    passed = usual(upstream, entering, rectified)
    lowers = (rectified == 0) & (upstream > 0)
    raises = (rectified != 0) & (rectified < entering) & (upstream < 0)
    turned = tf.where(lowers | raises, tf.zeros_like(upstream), upstream)
    axes = list(range(1, upstream.shape.rank))
    is_dead = tf.reduce_all(passed == 0, axis=axes, keepdims=True)
    return tf.where(is_dead, turned, passed)
