"""From waves to a picture and, on the way back, from the picture's gradient to the waves'.

TensorFlow's own gradient of `irfft2d` takes several times as long as the transform: it goes by
way of masks over the whole spectrum. The adjoint is one transform and one product.
"""

import functools
from collections.abc import Callable

import numpy as np
import tensorflow as tf
from jaxtyping import Float

from core.own_gradient import own_gradient
from core.visualize.frequencies import Spectral, occurrences

Buffers = Float[tf.Tensor, "B C H W"]
"""Pictures before they get their colours: any real numbers, channels first."""

Waves = Float[tf.Tensor, "B C H F 2"]
"""Real and imaginary parts of the waves of B pictures; F is W // 2 + 1."""


def synthesized(waves: Waves, *, scale: Spectral, width: int) -> Buffers:
    """Add waves up to pictures, each wave scaled first.

    Args:
        waves: [B, C, H, F, 2] float32.
        scale: [H, F] what each wave is multiplied by.
        width: of the pictures; F alone does not tell an odd one.

    Returns:
        [B, C, H, W] float32, `numpy.fft.irfft2` of the scaled waves. Costs one transform, and
        its gradient another.
    """
    height = int(waves.shape[2])
    factors = tf.constant(twice(scale), tf.float32)
    shares = occurrences(height, width) * scale / (height * width)
    adjoint_factors = tf.constant(twice(shares), tf.float32)

    return summing(width)(waves, factors, adjoint_factors)


@functools.cache
def summing(width: int) -> Callable[..., Buffers]:
    """Make what adds waves up to pictures of a width, the way back included.

    Returns:
        From waves [B, C, H, F, 2], their factors, and the adjoint's [H, F, 2], to [B, C, H, W].
    """

    def forward(
        waves: Waves, factors: tf.Tensor, adjoint_factors: tf.Tensor
    ) -> tuple[Buffers, Callable[[Buffers], tuple[Waves, None, None]]]:
        def backward(upstream: Buffers) -> tuple[Waves, None, None]:
            transformed = tf.signal.rfft2d(upstream)
            return tf.bitcast(transformed, tf.float32) * adjoint_factors, None, None

        spectrum = tf.bitcast(waves * factors, tf.complex64)
        return tf.signal.irfft2d(spectrum, (waves.shape[2], width)), backward

    return own_gradient(forward)


def twice(factors: Spectral) -> np.ndarray:
    """Repeat factors for real and imaginary parts: [H, F, 2].

    Left to TensorFlow's broadcasting, that takes as long as a transform.
    """
    return np.repeat(factors[..., np.newaxis], 2, axis=-1)
