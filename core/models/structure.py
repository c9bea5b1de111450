"""What a network's structure lacks of what methods need: rectifiers, a pooled head."""

import tensorflow as tf

from core.errors import MethodUnsupportedError
from core.models.classifier import Classifier
from core.models.needs import Missing
from core.models.pooled_head import pooled_head
from core.models.rectifiers import RectifierCounts


def missing_structure(classifier: Classifier, rectifiers: RectifierCounts) -> Missing:
    """Say what the network's structure lacks, and why.

    Args:
        classifier: with its layers described.
        rectifiers: what became of the rectifiers when the network was traced under a rule.
    """
    found: Missing = {}
    reason = rectifier_reason(rectifiers)
    if reason is not None:
        found["rectifiers"] = reason
    reason = head_reason(classifier)
    if reason is not None:
        found["pooled-head"] = reason
    return found


def rectifier_reason(rectifiers: RectifierCounts) -> str | None:
    """Say why rectifiers' gradients cannot all be exchanged; none where they can."""
    if rectifiers.escaped:
        return f"{rectifiers.escaped} of its ReLUs are compiled and cannot be exchanged"
    return None if rectifiers.ruled else "the network has no ReLU that could be exchanged"


def head_reason(classifier: Classifier) -> str | None:
    """Say why the network's head is not one that CAM is defined for; none where it is."""
    fed = classifier.manifest.input
    black = classifier.preprocess(tf.zeros((1, fed.height, fed.width, 3), tf.uint8))
    try:
        head = pooled_head(classifier.network, classifier.raw_output, black)
    except MethodUnsupportedError as refusal:
        return refusal.reason
    if head.weights.shape[1] != len(classifier.classes):
        return "its head has not one weight for each class and channel"
    return classifier.layers[head.layer].refusal
