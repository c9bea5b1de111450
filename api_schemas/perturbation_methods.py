"""The methods that cover parts of the image and look at what becomes of the score."""

from typing import Annotated

from pydantic import Field

from api_schemas.method import Cells, Method, OfScore, ScoreUnit
from api_schemas.schema import Schema

Pixels = Annotated[int, Field(ge=1, le=4096)]
Share = Annotated[float, Field(gt=0.0, lt=1.0)]
Samples = Annotated[int, Field(ge=2, le=20_000)]


class OcclusionParameters(OfScore):
    """Occlusion: the patch and where it is put."""

    patch_pixels: Pixels = 32
    """Side of the patch, in pixels of the model's input."""
    stride_pixels: Pixels = 16
    """From one place of the patch to the next; half the stride takes four times as long."""


class PatchClassificationParameters(Schema):
    """Patch-wise classification: the patches that are classified one by one."""

    patch_pixels: Pixels = 64
    """Side of a patch, in pixels of the model's input."""
    stride_pixels: Pixels = 16
    """From one patch to the next."""
    score: ScoreUnit = "probability"
    """What of each patch is shown."""


class RiseParameters(OfScore):
    """RISE: random masks."""

    mask_count: Samples = 2000
    """How many; the noise of the map falls with their square root. The paper uses 4,000 to
    8,000."""
    grid_cells: Cells = 7
    """Each mask is drawn on so many by so many cells."""
    keep_probability: Share = 0.5
    """With which a cell is kept."""


class SuperpixelParameters(OfScore):
    """What methods on superpixels share."""

    superpixel_count: Annotated[int, Field(ge=2, le=500)] = 50
    """About how many regions the image is divided into."""
    compactness: Annotated[float, Field(gt=0.0, le=1000.0)] = 10.0
    """Higher ones make squarer regions that follow colours less."""


class LimeParameters(SuperpixelParameters):
    """LIME: a local linear model."""

    sample_count: Samples = 500
    """Sets of superpixels that are tried."""
    keep_probability: Share = 0.5
    """With which a superpixel is in a set."""
    kernel_width: Annotated[float, Field(gt=0.0, le=100.0)] = 0.25
    """How fast a set counts less with its cosine distance from the whole image."""
    ridge: Annotated[float, Field(ge=0.0, le=1000.0)] = 1.0
    """How strongly the coefficients are held near zero."""


class KernelShapParameters(SuperpixelParameters):
    """KernelSHAP: Shapley values of superpixels by a weighted regression."""

    sample_count: Samples = 800
    """Sets of superpixels that are tried."""


class SobolParameters(OfScore):
    """Sobol: how much of the score's variance each cell of a grid has a part in."""

    grid_cells: Cells = 8
    """The image is cut into so many by so many cells."""
    designs: Annotated[int, Field(ge=2, le=512)] = 16
    """Points of the quasi-random sequence; a power of two. Costs designs · (cells² + 2) passes.
    """


PERTURBATION_METHODS = (
    Method(
        name="occlusion",
        title="Occlusion",
        summary="How far the score falls when a patch of the image is covered.",
        source="Zeiler and Fergus 2014, https://arxiv.org/abs/1311.2901",
        cost="1 forward pass a place of the patch",
        polarity="positive",
        is_long=True,
        parameters=OcclusionParameters,
    ),
    Method(
        name="patch-classification",
        title="Patch-wise classification",
        summary="The score of each patch of the image, enlarged and classified by itself.",
        source="Oquab et al. 2014, https://doi.org/10.1109/CVPR.2014.222",
        cost="1 forward pass a patch",
        polarity="positive",
        is_long=True,
        parameters=PatchClassificationParameters,
    ),
    Method(
        name="rise",
        title="RISE",
        summary="How much more the class scores when a pixel is not masked, at random.",
        source="Petsiuk et al. 2018, https://arxiv.org/abs/1806.07421",
        cost="mask_count forward passes",
        polarity="positive",
        is_long=True,
        uses_seed=True,
        parameters=RiseParameters,
    ),
    Method(
        name="lime",
        title="LIME",
        summary="A linear model of the score near the image, over its superpixels.",
        source="Ribeiro et al. 2016, https://arxiv.org/abs/1602.04938",
        cost="sample_count forward passes",
        polarity="both",
        is_long=True,
        uses_seed=True,
        parameters=LimeParameters,
    ),
    Method(
        name="kernelshap",
        title="KernelSHAP",
        summary="Each superpixel's Shapley value: its fair share of the score.",
        source="Lundberg and Lee 2017, https://arxiv.org/abs/1705.07874",
        cost="sample_count + 2 forward passes",
        polarity="both",
        is_long=True,
        uses_seed=True,
        parameters=KernelShapParameters,
    ),
    Method(
        name="sobol",
        title="Sobol indices",
        summary="How much of the score's variance each cell has a part in, with all others.",
        source="Fel et al. 2021, https://arxiv.org/abs/2111.04138",
        cost="designs · (grid_cells² + 2) forward passes",
        polarity="positive",
        is_long=True,
        uses_seed=True,
        parameters=SobolParameters,
    ),
)
