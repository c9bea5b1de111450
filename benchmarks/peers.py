"""Other people's libraries, asked for the same maps of the same network and images.

They are imported here alone, when a run is made: they warn of what they import, and take long.
Each is told to work in batches of the size that ours has, and to enlarge or draw nothing where
it can be told.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from importlib import import_module
from typing import Any

import numpy as np
import tensorflow as tf

from benchmarks.kernel_plans import GRADIENTS, PATCH, PLANS
from benchmarks.timing import Run
from core.models.classifier import Classifier
from core.shapes import Pixels

MODIFIERS = "tf_keras_vis.utils.model_modifiers"
PEERS = ("tf-keras-vis", "tf-explain", "xplique")

MAX_IMAGES = 16
"""In one pass; as ours."""
CLASS = 281
"""Explained by all: ImageNet's tabby."""
LOGITS = -2
"""The layer before the softmax, in xplique's words."""


@dataclass(frozen=True)
class Asked:
    """The network and the images that all explain."""

    classifier: Classifier
    pixels: Pixels

    @cached_property
    def images(self) -> tf.Tensor:
        """[B, H, W, 3] float32, preprocessed: what the peers see."""
        return self.classifier.preprocess(self.pixels)

    @property
    def count(self) -> int:
        """B."""
        return len(self.pixels)


def peer_run(peer: str, method: str, asked: Asked) -> Run | None:
    """Set a peer up for a method; none if it has no such method.

    Its first call may raise whatever its library raises.
    """
    makers = MAKERS[peer]
    if method not in makers:
        return None
    with quietly():
        run = makers[method](asked)

    def quiet_run() -> object:
        with quietly():
            return run()

    return quiet_run


@contextmanager
def quietly() -> Iterator[None]:
    """Keep the peers' warnings to themselves."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def keras_vis_saliency(asked: Asked, **options: int) -> Run:
    """Take tf-keras-vis' saliency, over the logits."""
    saliencies, modifiers = modules(
        "tf_keras_vis.saliency", "tf_keras_vis.utils.model_modifiers"
    )
    network = asked.classifier.network
    explain = saliencies.Saliency(network, modifiers.ReplaceToLinear(), clone=True)
    return partial(explain, keras_vis_score(asked), asked.images.numpy(), **options)


def keras_vis_guided(asked: Asked) -> Run:
    """Take tf-keras-vis' saliency with its modifier for guided backpropagation."""
    saliencies, modifiers = modules(
        "tf_keras_vis.saliency", "tf_keras_vis.utils.model_modifiers"
    )
    modifier = [modifiers.ReplaceToLinear(), modifiers.GuidedBackpropagation()]
    explain = saliencies.Saliency(asked.classifier.network, modifier, clone=True)
    return partial(explain, keras_vis_score(asked), asked.images.numpy())


def keras_vis_cam(asked: Asked, *, module: str, name: str, **options: int) -> Run:
    """Take a method of tf-keras-vis' CAM family, over the logits."""
    cams, modifiers = modules(f"tf_keras_vis.{module}", MODIFIERS)
    network, layer = asked.classifier.network, asked.classifier.default_layer
    explain = getattr(cams, name)(network, modifiers.ReplaceToLinear(), clone=True)
    return partial(
        explain,
        keras_vis_score(asked),
        asked.images.numpy(),
        penultimate_layer=layer,
        expand_cam=False,
        **options,
    )


def keras_vis_score(asked: Asked) -> object:
    """Name the class explained as tf-keras-vis does."""
    (scores,) = modules("tf_keras_vis.utils.scores")
    return scores.CategoricalScore([CLASS] * asked.count)


def tf_explain_run(asked: Asked, *, module: str, name: str, **options: object) -> Run:
    """Take a method of tf-explain, which sees the network's own output."""
    (methods,) = modules(f"tf_explain.core.{module}")
    explainer, network = getattr(methods, name)(), asked.classifier.network
    if "layer_name" in options:
        options["layer_name"] = asked.classifier.default_layer
    images = np.asarray(asked.images)
    return partial(explainer.explain, (images, None), network, class_index=CLASS, **options)


def xplique_run(asked: Asked, *, name: str, is_gradient: bool = True, **options: object) -> Run:
    """Take a method of xplique; those of gradients over the logits."""
    (attributions,) = modules("xplique.attributions")
    if is_gradient:
        options["output_layer"] = LOGITS
    if "conv_layer" in options:
        options["conv_layer"] = asked.classifier.default_layer
    network = asked.classifier.network
    explain = getattr(attributions, name)(network, batch_size=MAX_IMAGES, **options)
    one_hot = tf.one_hot([CLASS] * asked.count, len(asked.classifier.classes))
    return partial(explain, asked.images, one_hot)


def modules(*names: str) -> list[Any]:
    """Import parts of the peers."""
    return [import_module(name) for name in names]


def parameter(method: str, name: str) -> int:
    """Look up with which parameter our method is timed, for the peer's to be the same."""
    return PLANS[method].parameters[name]


_steps = parameter("integrated-gradients", "steps") + 1
_patch = {"patch_size": PATCH["patch_pixels"], "patch_stride": PATCH["stride_pixels"]}
_perturbs = partial(partial, xplique_run, is_gradient=False)
_cam = partial(partial, keras_vis_cam)

MAKERS: dict[str, dict[str, Callable[[Asked], Run]]] = {
    "tf-keras-vis": {
        "saliency": keras_vis_saliency,
        "smoothgrad": partial(keras_vis_saliency, smooth_samples=GRADIENTS),
        "guided-backpropagation": keras_vis_guided,
        "gradcam": _cam(module="gradcam", name="Gradcam"),
        "gradcam-plus-plus": _cam(module="gradcam_plus_plus", name="GradcamPlusPlus"),
        "layercam": _cam(module="layercam", name="Layercam"),
        "scorecam": _cam(
            module="scorecam",
            name="Scorecam",
            max_N=parameter("scorecam", "max_channels"),
            batch_size=MAX_IMAGES,
        ),
    },
    "tf-explain": {
        "saliency": partial(
            tf_explain_run, module="vanilla_gradients", name="VanillaGradients"
        ),
        "gradient-times-input": partial(
            tf_explain_run, module="gradients_inputs", name="GradientsInputs"
        ),
        "integrated-gradients": partial(
            tf_explain_run,
            module="integrated_gradients",
            name="IntegratedGradients",
            n_steps=_steps,
        ),
        "smoothgrad": partial(
            tf_explain_run, module="smoothgrad", name="SmoothGrad", num_samples=GRADIENTS
        ),
        "gradcam": partial(tf_explain_run, module="grad_cam", name="GradCAM", layer_name=""),
    },
    "xplique": {
        "saliency": partial(xplique_run, name="Saliency"),
        "gradient-times-input": partial(xplique_run, name="GradientInput"),
        "guided-backpropagation": partial(xplique_run, name="GuidedBackprop"),
        "deconvolution": partial(xplique_run, name="DeconvNet"),
        "gradcam": partial(xplique_run, name="GradCAM", conv_layer=""),
        "gradcam-plus-plus": partial(xplique_run, name="GradCAMPP", conv_layer=""),
        "integrated-gradients": partial(xplique_run, name="IntegratedGradients", steps=_steps),
        "smoothgrad": partial(xplique_run, name="SmoothGrad", nb_samples=GRADIENTS),
        "squaregrad": partial(xplique_run, name="SquareGrad", nb_samples=GRADIENTS),
        "vargrad": partial(xplique_run, name="VarGrad", nb_samples=GRADIENTS),
        "occlusion": _perturbs(name="Occlusion", **_patch),
        "rise": _perturbs(name="Rise", nb_samples=parameter("rise", "mask_count")),
        "lime": _perturbs(name="Lime", nb_samples=parameter("lime", "sample_count")),
        "kernelshap": _perturbs(
            name="KernelShap", nb_samples=parameter("kernelshap", "sample_count") + 2
        ),
        "sobol": _perturbs(
            name="SobolAttributionMethod",
            grid_size=parameter("sobol", "grid_cells"),
            nb_design=parameter("sobol", "designs"),
        ),
    },
}
"""What each peer has of our methods. tf-explain's occlusion is left out: it draws pictures of
patches that do not overlap, through `predict`."""
