"""The methods that weigh a layer's maps: the CAM family."""

from typing import Annotated

from pydantic import Field

from api_schemas.method import PIXEL_CLIP_PERCENTILE, Method, Need, OfScore

ONE_PASS = "1 forward pass, gradient down to the layer"
LAYER_GRADIENT: tuple[Need, ...] = ("layer-gradient", "layer")


class ScoreCamParameters(OfScore):
    """Score-CAM: which channels are tried and what is watched."""

    max_channels: Annotated[int, Field(ge=1, le=4096)] | None = None
    """Only so many of the channels, those that vary most; none for all."""


def _one_pass(name: str, title: str, summary: str, source: str) -> Method:
    """Describe a method that costs what Grad-CAM costs."""
    return Method(
        name=name,
        title=title,
        summary=summary,
        source=source,
        cost=ONE_PASS,
        polarity="positive",
        needs=LAYER_GRADIENT,
        uses_layer=True,
    )


CAM_METHODS = (
    Method(
        name="cam",
        title="CAM",
        summary="The maps that the head pools, weighted as it weighs them for the class.",
        source="Zhou et al. 2016, https://arxiv.org/abs/1512.04150",
        cost="1 forward pass",
        polarity="positive",
        needs=("pooled-head", "layer"),
    ),
    _one_pass(
        "gradcam",
        "Grad-CAM",
        "Where the layer's maps hold what the class score rises with.",
        "Selvaraju et al. 2017, https://arxiv.org/abs/1610.02391",
    ),
    _one_pass(
        "gradcam-plus-plus",
        "Grad-CAM++",
        "Grad-CAM with each position weighted by its own share: better with several objects.",
        "Chattopadhyay et al. 2018, https://arxiv.org/abs/1710.11063",
    ),
    _one_pass(
        "hirescam",
        "HiResCAM",
        "Activations times their own gradients: no place is marked that the class ignores.",
        "Draelos and Carin 2020, https://arxiv.org/abs/2011.08891",
    ),
    _one_pass(
        "xgradcam",
        "XGrad-CAM",
        "Grad-CAM with gradients averaged where the channel is active.",
        "Fu et al. 2020, https://arxiv.org/abs/2008.02312",
    ),
    _one_pass(
        "layercam",
        "LayerCAM",
        "Activations times positive gradients: sharp also at early layers.",
        "Jiang et al. 2021, https://doi.org/10.1109/TIP.2021.3089943",
    ),
    Method(
        name="guided-gradcam",
        title="Guided Grad-CAM",
        summary="The detail of guided backpropagation within what Grad-CAM marks.",
        source="Selvaraju et al. 2017, https://arxiv.org/abs/1610.02391",
        cost="2 forward passes, gradients down to the layer and to the image",
        polarity="positive",
        needs=("rectifiers", "image-gradient", *LAYER_GRADIENT),
        clip_percentile=PIXEL_CLIP_PERCENTILE,
        uses_layer=True,
    ),
    Method(
        name="eigencam",
        title="Eigen-CAM",
        summary="What the layer sees most of, whatever the class.",
        source="Muhammad and Yeasin 2020, https://arxiv.org/abs/2008.00299",
        cost="1 forward pass and a singular value decomposition",
        polarity="positive",
        needs=("layer",),
        uses_layer=True,
    ),
    Method(
        name="scorecam",
        title="Score-CAM",
        summary="Channels weighted by the score of the image seen through them; no gradients.",
        source="Wang et al. 2020, https://arxiv.org/abs/1910.01279",
        cost="1 forward pass a channel",
        polarity="positive",
        needs=("layer",),
        is_long=True,
        uses_layer=True,
        parameters=ScoreCamParameters,
    ),
    Method(
        name="ablationcam",
        title="Ablation-CAM",
        summary="Channels weighted by how far the score falls without them; no gradients.",
        source="Desai and Ramaswamy 2020, https://doi.org/10.1109/WACV45572.2020.9093360",
        cost="1 pass from the layer on, a channel",
        polarity="positive",
        needs=("replaced-layer", "layer"),
        is_long=True,
        uses_layer=True,
    ),
)
