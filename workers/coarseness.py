"""How many places of an image a method tells apart: random maps get as many, to be fair."""

import math

from api_schemas.explanations import ExplanationOrder
from api_schemas.methods import METHODS
from api_schemas.perturbation_methods import (
    OcclusionParameters,
    PatchClassificationParameters,
    RiseParameters,
    SobolParameters,
    SuperpixelParameters,
)
from core.shapes import Maps

XRAI_CELLS = 7
"""XRAI marks regions of no fixed size, of the order of a seventh of the image's side."""


def map_cells(order: ExplanationOrder, maps: Maps, *, side_pixels: int) -> int:
    """Tell how many places a method tells apart along each side of the image.

    Args:
        order: the method and its parameters.
        maps: [B, h, w], what it made; methods that cover parts of the image draw larger maps
            than they have places.
        side_pixels: of the model's input; as many cells mean that single pixels are told apart.
    """
    if order.method == "xrai":
        return XRAI_CELLS
    match METHODS[str(order.method)].parameters.model_validate(order.parameters):
        case RiseParameters(grid_cells=cells) | SobolParameters(grid_cells=cells):
            return cells
        case (
            OcclusionParameters(stride_pixels=stride)
            | PatchClassificationParameters(stride_pixels=stride)
        ):
            return math.ceil(side_pixels / stride)
        case SuperpixelParameters(superpixel_count=count):
            return math.ceil(math.sqrt(count))
    return int(max(maps.shape[1:]))
