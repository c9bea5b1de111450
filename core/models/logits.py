"""The scores before the softmax, found in the traced graph of any model.

Gradients of a softmax output vanish where the network is sure, and mix the classes; the paper
explains the score before it (Simonyan et al. 2013, section 2). Models end in many ways: a
`Dense(activation="softmax")`, an `Activation`, a `Softmax` layer, a bare `tf.nn.softmax` in
a subclass. All of them become one `Softmax` operation, whose input is what we want.
"""

import tensorflow as tf

from core.models.mismatch import MismatchError
from core.shapes import Logits

PASSED_THROUGH = frozenset(
    {"Identity", "Cast", "Reshape", "Squeeze", "EnsureShape", "StopGradient"}
)
"""Operations between a network's activation and its output that change no score."""

OPERATIONS = {"softmax": "Softmax", "sigmoid": "Sigmoid"}
"""By the manifest's name of an activation, the TensorFlow operation that it becomes."""

NOT_LOGITS = {"Softmax": "softmax", "LogSoftmax": "log-softmax", "Sigmoid": "sigmoid"}
"""Operations whose results are no logits, with the names that people know them by."""

CLOSED = frozenset({"PartitionedCall", "StatefulPartitionedCall", "PyFunc", "EagerPyFunc"})
"""Operations that hide a whole function; what is inside cannot be walked through."""


class ActivationNotFoundError(MismatchError):
    """The network's output does not come from the activation that its manifest names."""

    def __init__(self, activation: str, operation: str) -> None:
        self.activation, self.operation = activation, operation
        remedy = (
            ", a closed function (such as a SavedModel) whose inside cannot be reached: "
            "export the network without its activation and say 'logits'"
            if operation in CLOSED
            else ""
        )
        super().__init__(
            f"the manifest says that the network ends in {activation}, "
            f"but its output comes from the operation {operation}{remedy}"
        )


def logits_of(output: tf.Tensor, activation: str) -> Logits:
    """Walk back from a network's output to the scores before its activation.

    Args:
        output: [B, K] or [B, 1, 1, K], a symbolic tensor of a graph being traced.
        activation: "softmax", "sigmoid", "logits" or "sigmoid-logits", as the manifest says.

    Returns:
        [B, K] float32. A single sigmoid output z becomes the two classes [-z, z]: the log-odds
        against and for it.

    Raises:
        ActivationNotFoundError: the output does not come from that activation.
        MismatchError: the output is not one score per class.
    """
    last = last_operation(output)
    if activation in OPERATIONS:
        if last.type != OPERATIONS[activation]:
            raise ActivationNotFoundError(activation, last.type)
        scores = last.inputs[0]
    else:
        if last.type in NOT_LOGITS:
            raise ActivationNotFoundError(activation, NOT_LOGITS[last.type])
        scores = output
    scores = tf.cast(tf.reshape(scores, (-1, score_count(output))), tf.float32)
    scores = tf.ensure_shape(scores, (output.shape[0], None))
    if is_single(output, activation):
        return tf.concat([-scores, scores], axis=1)
    if scores.shape[-1] == 1:
        raise MismatchError(
            f"the network has one output, of which {activation} makes no two classes; "
            "say 'sigmoid', or 'sigmoid-logits' where the sigmoid is left out"
        )
    return scores


def last_operation(output: tf.Tensor) -> tf.Operation:
    """Find the operation that made a network's output, behind casts and reshapes."""
    operation = output.op
    while operation.type in PASSED_THROUGH:
        operation = operation.inputs[0].op
    return operation


def score_count(output: tf.Tensor) -> int:
    """Count the scores that an output holds for one image.

    Raises:
        MismatchError: it is neither [B, K] nor [B, 1, 1, K], or K is not fixed.
    """
    match tuple(output.shape[1:]):
        case (int(count),) | (1, 1, int(count)):
            return count
    raise MismatchError(
        f"the output has shape {list(output.shape)}; one score per class is expected, [B, K]"
    )


def is_single(output: tf.Tensor, activation: str) -> bool:
    """Whether the output is one sigmoid, which stands for two classes."""
    return activation in ("sigmoid", "sigmoid-logits") and output.shape[-1] == 1


def probabilities_of(logits: Logits, activation: str) -> Logits:
    """Turn scores into probabilities [B, K] as the network itself would."""
    if activation in ("sigmoid", "sigmoid-logits"):
        return tf.sigmoid(logits)
    return tf.nn.softmax(logits)
