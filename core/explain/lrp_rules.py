"""The rules of LRP: how a linear layer hands the relevance of its outputs on to its inputs.

Each rule gives input j of output k the relevance R_k · z_jk / Σ_j z_jk, and says what counts
as the contribution z_jk. Relevance that a bias received stays with the bias.

Sources: Bach et al., "On Pixel-Wise Explanations for Non-Linear Classifier Decisions by
Layer-Wise Relevance Propagation" (2015), https://doi.org/10.1371/journal.pone.0130140,
equations 58 and 60; Montavon et al., "Layer-Wise Relevance Propagation: An Overview" (2019),
https://doi.org/10.1007/978-3-030-28954-6_10, section 10.2; for the pixels Montavon et al.,
"Explaining Nonlinear Classification Decisions with Deep Taylor Decomposition" (2017),
https://arxiv.org/abs/1512.02479, section 4.3. Where a layer's inputs can be negative, a
contribution is positive or negative as the product of input and weight is.
"""

from collections.abc import Callable

import tensorflow as tf

from core.models.linear_maps import LinearMap

STABILIZER = 1e-9
"""Far below the activations of any network; keeps quotients of two vanishing numbers finite."""

Rule = Callable[[LinearMap, tf.Tensor, tf.Tensor], tf.Tensor]
"""From a linear map, its inputs and the relevance of its outputs to that of the inputs."""

Term = tuple[tf.Tensor, tf.Tensor]
"""A part of the inputs and the part of the kernel that it is multiplied with."""


def epsilon_rule(
    linear: LinearMap, inputs: tf.Tensor, relevance: tf.Tensor, *, epsilon: float
) -> tf.Tensor:
    """Count every contribution, and let a share epsilon of weak outputs' relevance go.

    With epsilon near zero, a network of these layers and ReLUs gives gradient times input.
    """
    per_output = relevance / stabilized(linear(inputs), epsilon)
    return hand_back(linear, [(inputs, linear.kernel)], per_output)


def alpha_beta_rule(
    linear: LinearMap, inputs: tf.Tensor, relevance: tf.Tensor, *, alpha: float
) -> tf.Tensor:
    """Count what raised an output alpha times and what lowered it alpha - 1 times.

    With alpha = 1, only what raised an output counts: the z+ rule. So it does, whatever alpha
    is, for an output that nothing lowered; else that would hand back more than it received.
    """
    raising, raised = signed_terms(linear, inputs, sign=1.0)
    if alpha == 1.0:
        return hand_back(linear, raising, relevance / stabilized(raised, STABILIZER))
    lowering, lowered = signed_terms(linear, inputs, sign=-1.0)
    taken = tf.where(lowered < 0.0, (alpha - 1.0) * relevance, tf.zeros_like(relevance))
    given = hand_back(linear, raising, (relevance + taken) / stabilized(raised, STABILIZER))
    return given - hand_back(linear, lowering, taken / stabilized(lowered, STABILIZER))


def gamma_rule(
    linear: LinearMap, inputs: tf.Tensor, relevance: tf.Tensor, *, gamma: float
) -> tf.Tensor:
    """Count every contribution, those of the output's own sign 1 + gamma times."""
    outputs = linear(inputs)
    received = tf.zeros_like(inputs)
    for sign in (1.0, -1.0):
        terms, agreeing = signed_terms(linear, inputs, sign=sign)
        total = stabilized(outputs + gamma * agreeing, STABILIZER)
        is_of_sign = outputs >= 0.0 if sign > 0.0 else outputs < 0.0
        per_output = tf.where(is_of_sign, relevance / total, tf.zeros_like(total))
        received += hand_back(linear, [(inputs, linear.kernel)], per_output)
        received += hand_back(linear, terms, gamma * per_output)
    return received


def box_rule(
    linear: LinearMap,
    inputs: tf.Tensor,
    relevance: tf.Tensor,
    *,
    lowest: tf.Tensor,
    highest: tf.Tensor,
) -> tf.Tensor:
    """Count how far each input is from the end of its range that its weight speaks for.

    The rule of the first layer, whose inputs are pixels (z^B). The bias receives nothing.
    """
    lows, highs = tf.ones_like(inputs) * lowest, tf.ones_like(inputs) * highest
    upward, downward = tf.nn.relu(linear.kernel), -tf.nn.relu(-linear.kernel)
    terms = [(inputs, linear.kernel), (-lows, upward), (-highs, downward)]
    per_output = relevance / stabilized(added_up(linear, terms), STABILIZER)
    return hand_back(linear, terms, per_output)


def signed_terms(
    linear: LinearMap, inputs: tf.Tensor, *, sign: float
) -> tuple[list[Term], tf.Tensor]:
    """Take the contributions of one sign apart, and add them up with the bias of that sign."""
    positive, negative = tf.nn.relu(inputs), -tf.nn.relu(-inputs)
    agreeing = sign * tf.nn.relu(sign * linear.kernel)
    opposing = -sign * tf.nn.relu(-sign * linear.kernel)
    terms = [(positive, agreeing), (negative, opposing)]
    return terms, added_up(linear, terms) + sign * tf.nn.relu(sign * linear.bias)


def added_up(linear: LinearMap, terms: list[Term]) -> tf.Tensor:
    """Add up what terms contribute to each output."""
    return tf.add_n([linear.apply(inputs, kernel) for inputs, kernel in terms])


def hand_back(linear: LinearMap, terms: list[Term], per_output: tf.Tensor) -> tf.Tensor:
    """Hand each output's relevance, per unit contributed, back to those who contributed.

    The transposed layer is the gradient of the layer, so that any linear layer can be handed.
    """
    received = []
    for inputs, kernel in terms:
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(inputs)
            outputs = linear.apply(inputs, kernel)
        received.append(inputs * tape.gradient(outputs, inputs, output_gradients=per_output))
    return tf.add_n(received)


def stabilized(outputs: tf.Tensor, epsilon: float) -> tf.Tensor:
    """Move numbers away from zero by epsilon; zero itself goes up."""
    return outputs + tf.where(outputs >= 0.0, epsilon, -epsilon)
