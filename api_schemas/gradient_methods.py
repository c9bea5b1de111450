"""The methods that differentiate the score by the pixels, and LRP, which redistributes it."""

from typing import Annotated, Literal

from pydantic import Field

from api_schemas.method import PIXEL_CLIP_PERCENTILE, Baseline, Method, Need, OfBaseline
from api_schemas.schema import Schema

Steps = Annotated[int, Field(ge=1, le=512)]


class IntegratedGradientsParameters(OfBaseline):
    """Integrated gradients: where the path starts and how finely it is walked."""

    baseline: Baseline = "mean"
    """Where the path starts: what shows where the image is absent. From black, dark pixels get
    nothing, whatever the network sees in them."""
    steps: Steps = 50
    """Intervals along the path. Twice the steps take twice the time."""


class NoiseParameters(Schema):
    """SmoothGrad and its kin: how many noisy copies, and how noisy."""

    copies: Annotated[int, Field(ge=2, le=512)] = 25
    """Noisy copies of the image; each costs one gradient."""
    noise: Annotated[float, Field(gt=0.0, le=1.0)] = 0.15
    """Standard deviation, as a fraction of the image's own range."""


class GuidedIgParameters(OfBaseline):
    """Guided integrated gradients: a path that avoids steep places."""

    steps: Steps = 200
    """Of the path, one gradient each, one after another."""
    fraction: Annotated[float, Field(ge=0.02, le=1.0)] = 0.25
    """Of the pixels' channels that move together, least steep first."""
    max_dist: Annotated[float, Field(ge=0.0, le=1.0)] = 0.02
    """How far from the straight path, as a part of the way; 0 is integrated gradients."""


class BlurIgParameters(Schema):
    """Blur integrated gradients: from a blurred image to the sharp one."""

    sigma_max: Annotated[float, Field(gt=0.0, le=200.0)] = 50.0
    """Standard deviation of the strongest blur, in pixels of the model's input."""
    steps: Steps = 100
    """Blurs between the strongest and none; one gradient each."""


class XraiParameters(Schema):
    """XRAI: regions ranked by integrated gradients from black and from white."""

    steps: Steps = 100
    """Of integrated gradients, from each of the two baselines."""
    min_pixel_diff: Annotated[int, Field(ge=1, le=10_000)] = 50
    """A segment that would add fewer pixels is left out."""


class LrpParameters(Schema):
    """Layer-wise relevance propagation: which rule in which layers."""

    composite: Literal[
        "epsilon", "epsilon-plus", "epsilon-alpha2-beta1", "epsilon-gamma-box"
    ] = "epsilon-plus"
    """Rules of dense layers, convolutions and the first layer."""
    epsilon: Annotated[float, Field(gt=0.0, le=10.0)] = 1e-6
    """Stabilizer of the dense layers; larger ones keep more of the relevance."""
    gamma: Annotated[float, Field(ge=0.0, le=10.0)] = 0.25
    """For `epsilon-gamma-box`: how much more counts what agrees with an output."""


RECTIFIED_GRADIENT: tuple[Need, ...] = ("rectifiers", "image-gradient")

GRADIENT_METHODS = (
    Method(
        name="saliency",
        title="Saliency",
        summary="How strongly each pixel moves the class score.",
        source="Simonyan et al. 2013, https://arxiv.org/abs/1312.6034",
        cost="1 forward pass, 1 backward pass",
        polarity="positive",
        needs=("image-gradient",),
        clip_percentile=PIXEL_CLIP_PERCENTILE,
    ),
    Method(
        name="gradient-times-input",
        title="Gradient times input",
        summary="Each pixel's value times the score's slope there: its linear share.",
        source="Shrikumar et al. 2016, https://arxiv.org/abs/1605.01713",
        cost="1 forward pass, 1 backward pass",
        polarity="both",
        needs=("image-gradient",),
        clip_percentile=PIXEL_CLIP_PERCENTILE,
    ),
    Method(
        name="integrated-gradients",
        title="Integrated gradients",
        summary="The change of the score from a baseline, shared out among the pixels.",
        source="Sundararajan et al. 2017, https://arxiv.org/abs/1703.01365",
        cost="steps + 1 gradients",
        polarity="both",
        needs=("image-gradient",),
        clip_percentile=PIXEL_CLIP_PERCENTILE,
        is_long=True,
        parameters=IntegratedGradientsParameters,
    ),
    Method(
        name="smoothgrad",
        title="SmoothGrad",
        summary="Saliency with its noise averaged away over noisy copies of the image.",
        source="Smilkov et al. 2017, https://arxiv.org/abs/1706.03825",
        cost="copies gradients",
        polarity="positive",
        needs=("image-gradient",),
        clip_percentile=PIXEL_CLIP_PERCENTILE,
        is_long=True,
        uses_seed=True,
        parameters=NoiseParameters,
    ),
    Method(
        name="squaregrad",
        title="SquareGrad",
        summary="The mean squared gradient over noisy copies of the image.",
        source="Hooker et al. 2019, https://arxiv.org/abs/1806.10758",
        cost="copies gradients",
        polarity="positive",
        needs=("image-gradient",),
        clip_percentile=PIXEL_CLIP_PERCENTILE,
        is_long=True,
        uses_seed=True,
        parameters=NoiseParameters,
    ),
    Method(
        name="vargrad",
        title="VarGrad",
        summary="How much the gradient varies over noisy copies of the image.",
        source="Adebayo et al. 2018, https://arxiv.org/abs/1810.03292",
        cost="copies gradients",
        polarity="positive",
        needs=("image-gradient",),
        clip_percentile=PIXEL_CLIP_PERCENTILE,
        is_long=True,
        uses_seed=True,
        parameters=NoiseParameters,
    ),
    Method(
        name="guided-backpropagation",
        title="Guided backpropagation",
        summary="The gradient, with what rectifiers pass back negatively cut off. Sharp, but "
        "close to an edge detector: it changes little with the class.",
        source="Springenberg et al. 2014, https://arxiv.org/abs/1412.6806",
        cost="1 forward pass, 1 backward pass",
        polarity="positive",
        needs=RECTIFIED_GRADIENT,
        clip_percentile=PIXEL_CLIP_PERCENTILE,
    ),
    Method(
        name="deconvolution",
        title="Deconvolution",
        summary="The signal carried back through rectifiers turned round.",
        source="Zeiler and Fergus 2014, https://arxiv.org/abs/1311.2901",
        cost="1 forward pass, 1 backward pass",
        polarity="positive",
        needs=RECTIFIED_GRADIENT,
        clip_percentile=PIXEL_CLIP_PERCENTILE,
    ),
    Method(
        name="guided-ig",
        title="Guided integrated gradients",
        summary="Integrated gradients along a path around the steep, noisy places.",
        source="Kapishnikov et al. 2021, https://arxiv.org/abs/2106.09788",
        cost="steps gradients, one after another",
        polarity="both",
        needs=("image-gradient",),
        clip_percentile=PIXEL_CLIP_PERCENTILE,
        is_long=True,
        parameters=GuidedIgParameters,
    ),
    Method(
        name="blur-ig",
        title="Blur integrated gradients",
        summary="What raised the score on the way from a blurred image to the sharp one.",
        source="Xu et al. 2020, https://arxiv.org/abs/2004.03383",
        cost="steps gradients",
        polarity="both",
        needs=("image-gradient",),
        clip_percentile=PIXEL_CLIP_PERCENTILE,
        is_long=True,
        parameters=BlurIgParameters,
    ),
    Method(
        name="xrai",
        title="XRAI",
        summary="Regions of the image, ranked by the integrated gradients that they gather.",
        source="Kapishnikov et al. 2019, https://arxiv.org/abs/1906.02825",
        cost="2 · (steps + 1) gradients and six segmentations",
        polarity="positive",
        needs=("image-gradient",),
        is_long=True,
        parameters=XraiParameters,
    ),
    Method(
        name="lrp",
        title="Layer-wise relevance propagation",
        summary="The score, handed back layer by layer until the pixels have all of it.",
        source="Bach et al. 2015, https://doi.org/10.1371/journal.pone.0130140",
        cost="1 forward pass, 1 backward pass of up to four products a layer",
        polarity="both",
        clip_percentile=PIXEL_CLIP_PERCENTILE,
        parameters=LrpParameters,
    ),
)
