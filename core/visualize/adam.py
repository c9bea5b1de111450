"""One step of Adam as a function of its state, so that it can be stored and gone on from.

Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2014),
https://arxiv.org/abs/1412.6980, algorithm 1.
"""

from typing import NamedTuple

import tensorflow as tf
from jaxtyping import Float, Int

from core.visualize.fused import fused

MEAN_DECAY, SQUARE_DECAY, EPSILON = 0.9, 0.999, 1e-8
"""The paper's beta 1, beta 2 and epsilon."""


class AdamState(NamedTuple):
    """What is optimized, and what Adam remembers of its gradients."""

    values: Float[tf.Tensor, "..."]
    means: Float[tf.Tensor, "..."]
    """Running means of the gradients."""
    squares: Float[tf.Tensor, "..."]
    """Running means of their squares."""


def adam_step(
    state: AdamState,
    gradients: Float[tf.Tensor, "..."],
    *,
    step: Int[tf.Tensor, ""],
    learning_rate: Float[tf.Tensor, ""],
) -> AdamState:
    """Go one step down.

    Args:
        state: before the step.
        gradients: of what is to become smaller, by the values.
        step: number of the step, from 0.
        learning_rate: how far a value goes while its gradient stays the same.
    """
    return AdamState(*fused_step(state, gradients, step, learning_rate))


def _stepped(
    state: AdamState, gradients: tf.Tensor, step: tf.Tensor, learning_rate: tf.Tensor
) -> AdamState:
    """Take the step; its dozen operations one by one would go through the memory as often."""
    means = state.means + (1 - MEAN_DECAY) * (gradients - state.means)
    squares = state.squares + (1 - SQUARE_DECAY) * (tf.square(gradients) - state.squares)
    steps = tf.cast(step + 1, tf.float32)
    correction = tf.sqrt(1 - SQUARE_DECAY**steps)
    rate = learning_rate * correction / (1 - MEAN_DECAY**steps)
    values = state.values - rate * means / (tf.sqrt(squares) + EPSILON * correction)
    return AdamState(values, means, squares)


fused_step = fused(_stepped)
