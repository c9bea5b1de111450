"""The methods that look at the images once: each is compiled whole, with its forward pass."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import tensorflow as tf

from api_schemas.gradient_methods import LrpParameters
from api_schemas.schema import Schema
from core.errors import MethodUnsupportedError
from core.explain.cam import cam
from core.explain.deconvolution import deconvolution
from core.explain.eigencam import eigencam
from core.explain.gradcam import gradcam
from core.explain.gradcam_plus_plus import gradcam_plus_plus
from core.explain.gradient_times_input import gradient_times_input
from core.explain.guided_backpropagation import guided_backpropagation
from core.explain.guided_gradcam import guided_gradcam
from core.explain.hirescam import hirescam
from core.explain.layercam import layercam
from core.explain.lrp import lrp, relevance_logits
from core.explain.lrp_composites import (
    Composite,
    PixelRange,
    epsilon_alpha_beta_composite,
    epsilon_composite,
    epsilon_gamma_box_composite,
)
from core.explain.saliency import saliency
from core.explain.xgradcam import xgradcam
from core.models.classifier import Classifier
from core.models.logits import is_single, logits_of
from core.models.pooled_head import class_weights, pooled_head
from core.score import LayerScoreFunction, ScoreFunction
from core.shapes import Images, Logits, Maps
from workers.targeted_scores import TargetedScores


@dataclass(frozen=True)
class OnePass:
    """What a one-pass method is given."""

    scores: TargetedScores
    images: Images
    """[B, H, W, C], preprocessed."""
    layer: str
    """To look at; the model's default where the method looks at none."""
    parameters: Schema
    """The method's own."""


OnePassKernel = Callable[[OnePass], Maps]


def _of_images(kernel: Callable[[ScoreFunction, Images], Maps]) -> OnePassKernel:
    """Adapt a kernel that differentiates by the image."""
    return lambda one: kernel(one.scores.of_images, one.images)


def _of_layer(kernel: Callable[[LayerScoreFunction, Images], Maps]) -> OnePassKernel:
    """Adapt a kernel that watches a layer."""
    return lambda one: kernel(one.scores.of_layer(one.layer), one.images)


def _eigencam(one: OnePass) -> Maps:
    return eigencam(one.scores.activations(one.images, one.layer))


def _cam(one: OnePass) -> Maps:
    classifier = one.scores.classifier
    head = pooled_head(classifier.network, classifier.raw_output, one.images)
    activations = one.scores.activations(one.images, head.layer)
    weights = class_weights(head.weights, one.scores.targets, one.scores.versus)
    return cam(activations, weights)


def _lrp(one: OnePass) -> Maps:
    classifier = one.scores.classifier
    refuse_halves(classifier)
    scores = relevance_logits(
        classifier.network,
        partial(own_scores, classifier),
        lrp_composite(classifier, one.parameters),
    )
    return lrp(one.scores.of_logits(lambda images: of_two_classes(scores(images))), one.images)


def refuse_halves(classifier: Classifier) -> None:
    """Check that relevance can be divided in the precision that a network computes in.

    Raises:
        MethodUnsupportedError: it computes in 16 bits.
    """
    precisions = {layer.compute_dtype for layer in classifier.network._flatten_layers()}
    for half in precisions & {"float16", "bfloat16"}:
        raise MethodUnsupportedError(
            "lrp", f"the network computes in {half}, too coarse for shares of relevance"
        )


def own_scores(classifier: Classifier, images: Images) -> Logits:
    """Give the scores [B, K] that the network has, a single one where that is all it has.

    Relevance must start there: a negation on the way from a class would turn its sign over.
    """
    output, activation = classifier.raw_output(images), classifier.manifest.output.activation
    logits = logits_of(output, activation)
    return logits[:, 1:] if is_single(output, activation) else logits


def of_two_classes(scores: Logits) -> Logits:
    """Let a single score [B, 1] speak against the first class and for the second: [B, 2]."""
    return tf.concat([-scores, scores], axis=1) if scores.shape[-1] == 1 else scores


def lrp_composite(classifier: Classifier, parameters: Schema) -> Composite:
    """Choose the rules that a request names."""
    own = LrpParameters.model_validate(parameters.model_dump())
    match own.composite:
        case "epsilon":
            return epsilon_composite(epsilon=own.epsilon)
        case "epsilon-plus":
            return epsilon_alpha_beta_composite(epsilon=own.epsilon, alpha=1.0)
        case "epsilon-alpha2-beta1":
            return epsilon_alpha_beta_composite(epsilon=own.epsilon, alpha=2.0)
    return epsilon_gamma_box_composite(
        epsilon=own.epsilon, gamma=own.gamma, pixels=pixel_range(classifier)
    )


def pixel_range(classifier: Classifier) -> PixelRange:
    """Tell between which values black and white lie in the network's units."""
    size = classifier.manifest.input
    extremes = tf.stack(
        [tf.fill((size.height, size.width, 3), tf.constant(v, tf.uint8)) for v in (0, 255)]
    )
    units = classifier.preprocess(extremes)
    return PixelRange(
        lowest=tf.reduce_min(units, axis=(0, 1, 2)),
        highest=tf.reduce_max(units, axis=(0, 1, 2)),
    )


ONE_PASS_KERNELS: dict[str, OnePassKernel] = {
    "saliency": _of_images(saliency),
    "gradient-times-input": _of_images(gradient_times_input),
    "guided-backpropagation": _of_images(guided_backpropagation),
    "deconvolution": _of_images(deconvolution),
    "guided-gradcam": _of_layer(guided_gradcam),
    "lrp": _lrp,
    "cam": _cam,
    "gradcam": _of_layer(gradcam),
    "gradcam-plus-plus": _of_layer(gradcam_plus_plus),
    "hirescam": _of_layer(hirescam),
    "xgradcam": _of_layer(xgradcam),
    "layercam": _of_layer(layercam),
    "eigencam": _eigencam,
}
