"""The test that every network passes at load: is what the methods will be told about it true?

Kernels believe three things: that watching a layer changes no score, that a score resumed at
a layer's own maps is the score, and that gradients at the layer are those of the whole network.
Here they are checked on random images, by the chain rule: the whole network's gradient by the
image must be the layer's gradient taken on to the image, plus what passes the layer by.
What is not so is noted as missing, and methods that need it are refused with the reason.
"""

import numpy as np

from core.models.classifier import Classifier
from core.models.mismatch import MismatchError
from core.models.needs import Missing
from core.models.self_test_probe import Measured, measure

TOLERANCE = 1e-3
"""Largest difference, as a part of the largest value; sums may be taken in another order."""
HALF_TOLERANCE = 5e-2
"""The same where the network computes in 16 bits, of which 8 to 11 are the fraction's."""
PROBABILITY_ERROR = 1e-5
"""How closely numbers between 0 and 1 must add up to 1 to be taken for probabilities."""


def untrue_beliefs(classifier: Classifier) -> Missing:
    """Try a freshly loaded network out and say what of its use would be wrong, and why.

    Costs one traced graph of three forward passes and their gradients, on two images.

    Raises:
        MismatchError: the scores are not the network's own: not finite, random, dependent on
            the other images of a batch, or probabilities that the manifest calls logits.
    """
    layer, allowed = classifier.default_layer, tolerance(classifier)
    measured = measure(classifier, layer)
    if layer and not alike(measured.company[0], measured.logits[0], allowed):
        # Is it the watching, or would the network do so anyway? Only then is this looked at.
        measured = measure(classifier, "")
        found: Missing = {"layer": "watching a layer changes the scores"}
    elif layer:
        found = missing_at_layer(measured, allowed)
    else:
        found = {"layer": "the network has no layer with a spatial map"}
    check_scores(measured, classifier.manifest.output.activation, allowed)
    return found | missing_at_image(measured)


def check_scores(measured: Measured, activation: str, allowed: float) -> None:
    """Refuse a network whose scores no method could explain.

    Raises:
        MismatchError: they are not finite, random, dependent on the batch, or probabilities.
    """
    if not np.isfinite(measured.logits).all():
        raise MismatchError("the scores of a random image are not finite")
    if not alike(measured.company[0], measured.company[1], allowed):
        raise MismatchError("the same image gets other scores at every look: a layer is random")
    if not alike(measured.company[0], measured.logits[0], allowed):
        raise MismatchError("an image's scores depend on the other images of its batch")
    if activation == "logits" and are_probabilities(measured.logits):
        raise MismatchError(
            "the manifest says logits, but the output adds up to 1 as probabilities do"
        )


def are_probabilities(logits: np.ndarray) -> bool:
    """Whether every row lies between 0 and 1 and adds up to 1."""
    is_within = bool((logits >= 0).all() and (logits <= 1).all())
    return is_within and bool(np.allclose(logits.sum(axis=1), 1, atol=PROBABILITY_ERROR))


def missing_at_image(measured: Measured) -> Missing:
    """Say whether the gradient by the image does not exist."""
    if "whole" not in measured.missing:
        return {}
    reason = f"there is no gradient by the image: {measured.missing['whole']}"
    return {"image-gradient": reason}


def missing_at_layer(measured: Measured, allowed: float) -> Missing:
    """Say whether a layer's maps cannot be replaced, or differentiated by."""
    numbers, missing = measured.numbers, measured.missing
    found: Missing = {}
    if not alike(numbers["resumed"], measured.company, allowed):
        reason = "scores resumed at a layer's own maps are not the network's scores"
        found["replaced-layer"] = reason
    if "by_maps" in missing:
        reason = f"there is no gradient by the layer's maps: {missing['by_maps']}"
        return found | {"layer-gradient": reason}
    is_resumed_alike = alike(numbers["by_fixed_maps"], numbers["by_maps"], allowed)
    if not (is_resumed_alike and is_chained(measured, allowed)):
        reason = "gradients taken through the layer are not those of the whole network"
        found["layer-gradient"] = reason
    return found


def is_chained(measured: Measured, allowed: float) -> bool:
    """Whether the layer's gradient, taken on to the image, is the whole network's."""
    if "whole" in measured.missing:
        return True
    chained = measured.numbers["through"] + measured.numbers["past"]
    return alike(chained[0], measured.numbers["whole"][0], allowed)


def tolerance(classifier: Classifier) -> float:
    """Give the relative difference that the network's precision excuses."""
    precisions = {layer.compute_dtype for layer in classifier.network._flatten_layers()}
    return HALF_TOLERANCE if precisions & {"float16", "bfloat16"} else TOLERANCE


def alike(numbers: np.ndarray, others: np.ndarray, allowed: float) -> bool:
    """Whether two arrays differ by no more than a part of the second's largest value."""
    largest = max(float(np.abs(others).max()), float(np.finfo(np.float32).tiny))
    return bool(np.abs(numbers - others).max() <= allowed * largest)
