"""The composites of LRP: which rule the layers at each depth follow.

Sources: Montavon et al., "Layer-Wise Relevance Propagation: An Overview" (2019),
https://doi.org/10.1007/978-3-030-28954-6_10, section 10.3; Kohlbrenner et al., "Towards Best
Practice in Explaining Neural Network Decisions with LRP" (2020),
https://arxiv.org/abs/1910.09840, section III.
"""

from dataclasses import dataclass
from functools import partial

import tensorflow as tf
from jaxtyping import Float

from core.explain.lrp_rules import Rule, alpha_beta_rule, epsilon_rule, gamma_rule


@dataclass(frozen=True)
class PixelRange:
    """Between which values the channels of the network's input lie, in its own units."""

    lowest: Float[tf.Tensor, " C"]
    highest: Float[tf.Tensor, " C"]


@dataclass(frozen=True)
class Composite:
    """A rule for each kind of layer that has weights."""

    dense: Rule
    convolution: Rule
    pixels: PixelRange | None
    """Where given, the first layer follows the box rule between these bounds."""


def epsilon_composite(*, epsilon: float) -> Composite:
    """Follow the epsilon rule everywhere: close to gradient times input, and as noisy."""
    rule = partial(epsilon_rule, epsilon=epsilon)
    return Composite(dense=rule, convolution=rule, pixels=None)


def epsilon_alpha_beta_composite(*, epsilon: float, alpha: float) -> Composite:
    """Follow the epsilon rule in dense layers and alpha-beta in convolutions.

    Args:
        epsilon: of the dense layers, above 0.
        alpha: at least 1; 1 makes it the composite epsilon-plus, 2 is usual (with beta 1).
    """
    return Composite(
        dense=partial(epsilon_rule, epsilon=epsilon),
        convolution=partial(alpha_beta_rule, alpha=alpha),
        pixels=None,
    )


def epsilon_gamma_box_composite(
    *, epsilon: float, gamma: float, pixels: PixelRange
) -> Composite:
    """Follow epsilon in dense layers, gamma in convolutions and the box rule at the pixels.

    Args:
        epsilon: of the dense layers, above 0.
        gamma: at least 0; how much more counts what agrees with an output.
        pixels: between which values the network's input lies.
    """
    return Composite(
        dense=partial(epsilon_rule, epsilon=epsilon),
        convolution=partial(gamma_rule, gamma=gamma),
        pixels=pixels,
    )
