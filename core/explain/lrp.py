"""LRP: the score, handed back layer by layer until the pixels have all of it.

Source: Bach et al., "On Pixel-Wise Explanations for Non-Linear Classifier Decisions by
Layer-Wise Relevance Propagation" (2015), https://doi.org/10.1371/journal.pone.0130140, section
"Layer-wise relevance propagation". The layers' rules are in `core.explain.lrp_rules`, the
choice of rules in `core.explain.lrp_composites`, the kinds of Keras layers in
`core.explain.lrp_routes`.
"""

from collections.abc import Callable

import keras
import tensorflow as tf

from core.explain.lrp_composites import Composite
from core.explain.lrp_layers import with_backward
from core.explain.lrp_routes import relevance_routes
from core.models.layer_calls import layer_calls
from core.models.rerouting import rerouted
from core.score import ScoreFunction, gradient_of
from core.shapes import Images, Logits, Maps

LogitsFunction = Callable[[Images], Logits]


def lrp(score: ScoreFunction, images: Images) -> Maps:
    """Add up the relevance of each pixel's channels.

    Args:
        score: from images [B, H, W, C] to scores [B], computed from `relevance_logits`, so
            that what comes back from the scores is relevance.
        images: [B, H, W, C] float32, in the units the model was trained on.

    Returns:
        [B, H, W] float32, signed, in score units. They sum to the score, less what biases and
        epsilon kept; in a deep network with batch normalization that is most of it, so that
        only the proportions say something. Costs one forward and one backward pass, of up to
        six products a layer.
    """
    return tf.reduce_sum(gradient_of(score, images), axis=-1)


def relevance_logits(
    network: keras.Model, logits: LogitsFunction, composite: Composite
) -> LogitsFunction:
    """Make a network's logits ones that hand relevance back in place of gradients.

    The relevance that starts out at a logit is the logit itself, with the sign with which the
    score counts it: "A rather than B" hands back logit(A) on one side, -logit(B) on the other.

    Args:
        network: a Functional or Sequential Keras model, nested as may be.
        logits: runs the network; from images [B, H, W, C] to the logits [B, K]. To be called
            while a function is traced if it must be.
        composite: the rules.

    Returns:
        From images to logits of the same values (up to rounding).

    Raises:
        MethodUnsupportedError: by the function returned; a layer, which it names, has no rule.
    """

    def logits_that_hand_back(images: Images) -> Logits:
        calls, _ = layer_calls(network, logits, images)
        with rerouted(relevance_routes(network, calls, composite)):
            values = logits(images)
        return with_backward(lambda gradient: [gradient * values], values, values)

    return logits_that_hand_back
