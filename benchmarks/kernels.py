"""Kernels against bare passes through the same graph, and against peers, in one run."""

import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tensorflow as tf

from api_schemas.explanations import ExplanationOrder
from benchmarks.imagenet_network import write_imagenet_network
from benchmarks.timing import interleaved_milliseconds
from core.models.classifier import Classifier
from core.models.load import load_classifier
from core.progress import untracked
from core.score import class_scores, gradient_of, top_targets
from workers.kernels import compile_kernel
from workers.network_passes import NetworkPasses

BATCHES = (1, 8)
CLASS = 281
"""Explained by all: ImageNet's tabby."""

Run = Callable[[], object]


@dataclass(frozen=True)
class KernelTimes:
    """Median times of one batch size, in ms."""

    batch: int
    forward: float
    """The bare forward pass."""
    backward: float
    """The bare forward pass and the gradient by the image."""
    ours: dict[str, float]
    """By method."""
    peers: dict[str, dict[str, float]]
    """By method and peer."""


def measure_kernels(*, rounds: int) -> list[KernelTimes]:
    """Time Grad-CAM and saliency, ours and the peers', beside the bare passes."""
    with tempfile.TemporaryDirectory() as folder:
        classifier = load_classifier(write_imagenet_network(Path(folder)))
    return [measure_batch(classifier, batch, rounds=rounds) for batch in BATCHES]


def measure_batch(classifier: Classifier, batch: int, *, rounds: int) -> KernelTimes:
    """Time everything for one batch size, in turn."""
    size = classifier.manifest.input
    noise = np.random.default_rng(0).integers(
        0, 256, (batch, size.height, size.width, 3), dtype=np.uint8
    )
    pixels = tf.constant(noise)
    runs: dict[str, Run] = {
        **bare_runs(classifier, pixels),
        "ours gradcam": our_run(classifier, pixels, "gradcam"),
        "ours saliency": our_run(classifier, pixels, "saliency"),
        **peer_runs(classifier, pixels),
    }
    times = interleaved_milliseconds(runs, rounds=rounds)
    return KernelTimes(
        batch=batch,
        forward=times["bare forward"],
        backward=times["bare backward"],
        ours={method: times[f"ours {method}"] for method in ("gradcam", "saliency")},
        peers={
            method: {
                name.split()[0]: milliseconds
                for name, milliseconds in times.items()
                if name.endswith(method) and not name.startswith("ours")
            }
            for method in ("gradcam", "saliency")
        },
    )


def bare_runs(classifier: Classifier, pixels: tf.Tensor) -> dict[str, Run]:
    """Compile the forward pass, and the forward and backward pass, with nothing around them."""
    nothing = tf.fill([pixels.shape[0]], -1)

    def forward(batch: tf.Tensor) -> tf.Tensor:
        return classifier.logits(classifier.preprocess(batch))

    def backward(batch: tf.Tensor) -> tf.Tensor:
        def score(images: tf.Tensor) -> tf.Tensor:
            logits = classifier.logits(images)
            return class_scores(logits, top_targets(logits, nothing), nothing)

        return gradient_of(score, classifier.preprocess(batch))

    compiled_forward = tf.function(forward, autograph=False)
    compiled_backward = tf.function(backward, autograph=False)
    return {
        "bare forward": lambda: compiled_forward(pixels),
        "bare backward": lambda: compiled_backward(pixels),
    }


def our_run(classifier: Classifier, pixels: tf.Tensor, method: str) -> Run:
    """Compile a method as the worker does."""
    layer = classifier.default_layer if method == "gradcam" else None
    explain = compile_kernel(
        NetworkPasses(classifier),
        ExplanationOrder(model="mobilenet", method=method, layer=layer),
        max_images=16,
    )
    classes = tf.fill([pixels.shape[0]], CLASS)
    nothing = tf.fill([pixels.shape[0]], -1)
    return lambda: explain(pixels, classes, nothing, untracked)


def peer_runs(classifier: Classifier, pixels: tf.Tensor) -> dict[str, Run]:
    """Set the peers up on the same network; they see preprocessed images."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from tf_explain.core.grad_cam import GradCAM as TfExplainGradCAM
        from tf_keras_vis.gradcam import Gradcam
        from tf_keras_vis.saliency import Saliency as VisSaliency
        from tf_keras_vis.utils.model_modifiers import ReplaceToLinear
        from tf_keras_vis.utils.scores import CategoricalScore
        from xplique.attributions import GradCAM, Saliency

    network, layer = classifier.network, classifier.default_layer
    images = classifier.preprocess(pixels)
    array = images.numpy()
    count = int(pixels.shape[0])
    score = CategoricalScore([CLASS] * count)
    one_hot = tf.one_hot([CLASS] * count, len(classifier.classes))
    vis_cam = Gradcam(network, model_modifier=ReplaceToLinear(), clone=True)
    vis_saliency = VisSaliency(network, model_modifier=ReplaceToLinear(), clone=True)
    xplique_cam = GradCAM(network, output_layer=-2, conv_layer=layer, batch_size=count)
    xplique_saliency = Saliency(network, output_layer=-2, batch_size=count)
    explainer = TfExplainGradCAM()
    return {
        "tf-keras-vis gradcam": lambda: vis_cam(score, array, penultimate_layer=layer),
        "tf-keras-vis saliency": lambda: vis_saliency(score, array),
        "xplique gradcam": lambda: xplique_cam(images, one_hot),
        "xplique saliency": lambda: xplique_saliency(images, one_hot),
        "tf-explain gradcam": lambda: explainer.explain((array, None), network, CLASS, layer),
    }
