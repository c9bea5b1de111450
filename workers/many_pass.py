"""The methods that look at the images many times: loops around the model's compiled passes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import tensorflow as tf

from api_schemas.method import ScoreUnit
from core.explain.ablationcam import ablationcam
from core.explain.baselines import baseline_pixels
from core.explain.blur_ig import blur_ig
from core.explain.guided_ig import guided_ig
from core.explain.integrated_gradients import integrated_gradients
from core.explain.kernelshap import kernelshap
from core.explain.lime import lime
from core.explain.occlusion import occlusion
from core.explain.overlapping_segments import overlapping_segments
from core.explain.patch_classification import patch_classification
from core.explain.rise import rise
from core.explain.scorecam import scorecam
from core.explain.smoothgrad import smoothgrad
from core.explain.sobol import sobol
from core.explain.squaregrad import squaregrad
from core.explain.superpixels import superpixels
from core.explain.vargrad import vargrad
from core.explain.xrai import xrai
from core.progress import Track
from core.score import GradientFunction, ResumedScoreFunction, ScoreFunction
from core.shapes import Activations, ClassIndices, Images, Maps, Pixels
from workers.network_passes import NetworkPasses

XRAI_SEGMENTS = partial(
    overlapping_segments,
    scales=(50, 100, 150, 250, 500, 1200),
    sigma=0.8,
    minimum_pixels=150,
    dilation_pixels=5,
)
"""The segmentation of the XRAI paper."""


@dataclass(frozen=True)
class ManyPass:
    """What a many-pass method is given."""

    passes: NetworkPasses
    pixels: Pixels
    """[B, H, W, 3] uint8."""
    images: Images
    """[B, H, W, C], preprocessed."""
    targets: ClassIndices
    versus: ClassIndices
    layer: str
    parameters: Any
    """The method's own schema."""
    seed: int
    chunk: int
    """Variants of the batch in one pass."""
    track: Track

    @property
    def steps(self) -> dict[str, Any]:
        """How the kernel goes through its passes."""
        return {"chunk": self.chunk, "track": self.track}

    @property
    def gradient(self) -> GradientFunction:
        """Of the class' logit, by images."""
        return partial(self.passes.gradient, targets=self.targets, versus=self.versus)

    @property
    def resumed_score(self) -> ResumedScoreFunction:
        """The class' logit, from the layer on."""
        return partial(
            self.passes.resumed_score(self.layer), targets=self.targets, versus=self.versus
        )

    @property
    def activations(self) -> Activations:
        """[B, h, w, D], what the layer makes of the images."""
        return self.passes.activations(self.layer)(self.images)

    @property
    def score(self) -> ScoreFunction:
        """The class' score, in the unit that the parameters name."""
        unit: ScoreUnit = self.parameters.score
        return partial(self.passes.score(unit), targets=self.targets, versus=self.versus)

    def baseline(self, kind: str) -> Images:
        """[B, H, W, C] of images that show nothing, preprocessed."""
        nothing = baseline_pixels(self.pixels.numpy(), kind=kind)
        return self.passes.classifier.preprocess(tf.constant(nothing))

    def own(self, *names: str) -> dict[str, Any]:
        """Pick parameters that a kernel takes under their own names."""
        return {name: getattr(self.parameters, name) for name in names}


def _integrated_gradients(many: ManyPass) -> Maps:
    return integrated_gradients(
        many.gradient,
        many.images,
        baselines=many.baseline(many.parameters.baseline)[tf.newaxis],
        **many.own("steps"),
        **many.steps,
    )


def _noisy(kernel: Callable[..., Maps]) -> Callable[[ManyPass], Maps]:
    """Adapt SmoothGrad and its kin."""
    return lambda many: kernel(
        many.gradient,
        many.images,
        seed=many.seed,
        **many.own("copies", "noise"),
        **many.steps,
    )


def _guided_ig(many: ManyPass) -> Maps:
    return guided_ig(
        many.gradient,
        many.images,
        baseline=many.baseline(many.parameters.baseline),
        track=many.track,
        **many.own("steps", "fraction", "max_dist"),
    )


def _blur_ig(many: ManyPass) -> Maps:
    return blur_ig(many.gradient, many.images, **many.own("sigma_max", "steps"), **many.steps)


def _xrai(many: ManyPass) -> Maps:
    both = tf.stack([many.baseline("black"), many.baseline("white")])
    attribute = partial(
        integrated_gradients,
        many.gradient,
        baselines=both,
        **many.own("steps"),
        **many.steps,
    )
    return xrai(attribute, many.images, segment=XRAI_SEGMENTS, **many.own("min_pixel_diff"))


def _scorecam(many: ManyPass) -> Maps:
    return scorecam(
        many.score,
        many.images,
        activations=many.activations,
        baseline=many.baseline(many.parameters.baseline),
        **many.own("max_channels"),
        **many.steps,
    )


def _ablationcam(many: ManyPass) -> Maps:
    return ablationcam(
        many.resumed_score, many.images, activations=many.activations, **many.steps
    )


def _occlusion(many: ManyPass) -> Maps:
    return occlusion(
        many.score,
        many.images,
        baseline=many.baseline(many.parameters.baseline),
        **many.own("patch_pixels", "stride_pixels"),
        **many.steps,
    )


def _patch_classification(many: ManyPass) -> Maps:
    return patch_classification(
        many.score, many.images, **many.own("patch_pixels", "stride_pixels"), **many.steps
    )


def _rise(many: ManyPass) -> Maps:
    return rise(
        many.score,
        many.images,
        baseline=many.baseline(many.parameters.baseline),
        seed=many.seed,
        **many.own("mask_count", "grid_cells", "keep_probability"),
        **many.steps,
    )


def _on_superpixels(kernel: Callable[..., Maps], *names: str) -> Callable[[ManyPass], Maps]:
    """Adapt LIME and KernelSHAP."""

    def explain(many: ManyPass) -> Maps:
        segments = superpixels(
            many.pixels,
            count=many.parameters.superpixel_count,
            compactness=many.parameters.compactness,
        )
        return kernel(
            many.score,
            many.images,
            segments=segments,
            baseline=many.baseline(many.parameters.baseline),
            seed=many.seed,
            **many.own(*names),
            **many.steps,
        )

    return explain


def _sobol(many: ManyPass) -> Maps:
    return sobol(
        many.score,
        many.images,
        baseline=many.baseline(many.parameters.baseline),
        seed=many.seed,
        **many.own("grid_cells", "designs"),
        **many.steps,
    )


MANY_PASS_KERNELS: dict[str, Callable[[ManyPass], Maps]] = {
    "integrated-gradients": _integrated_gradients,
    "smoothgrad": _noisy(smoothgrad),
    "squaregrad": _noisy(squaregrad),
    "vargrad": _noisy(vargrad),
    "guided-ig": _guided_ig,
    "blur-ig": _blur_ig,
    "xrai": _xrai,
    "scorecam": _scorecam,
    "ablationcam": _ablationcam,
    "occlusion": _occlusion,
    "patch-classification": _patch_classification,
    "rise": _rise,
    "lime": _on_superpixels(lime, "sample_count", "keep_probability", "kernel_width", "ridge"),
    "kernelshap": _on_superpixels(kernelshap, "sample_count"),
    "sobol": _sobol,
}
