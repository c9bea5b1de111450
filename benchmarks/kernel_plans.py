"""How each method is timed: with which parameters, and beside which bare pass.

Methods of many passes are timed with few of them, and their time is told by the pass: what
they cost with more passes is that many times as much.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from api_schemas.auto import AUTO_METHOD
from api_schemas.method import Method
from api_schemas.methods import METHODS

Bare = Literal["forward", "backward", "gradients", "images"]
"""One forward pass; one with the gradient by the image; as many of those as the method takes;
the images a second of forward passes in batches, for methods that only score variants."""

GRADIENTS = 8
"""Of each image, by the methods that take many."""
PATCH = {"patch_pixels": 56, "stride_pixels": 42}
"""25 places on an image of 224 × 224."""


@dataclass(frozen=True)
class Plan:
    """How a method is timed."""

    bare: Bare
    parameters: Mapping[str, int] = field(default_factory=dict)


CHOSEN_PLANS = {
    "saliency": Plan("backward"),
    "gradient-times-input": Plan("backward"),
    "guided-backpropagation": Plan("backward"),
    "deconvolution": Plan("backward"),
    "lrp": Plan("backward"),
    "guided-gradcam": Plan("backward"),
    "cam": Plan("forward"),
    "gradcam": Plan("forward"),
    "gradcam-plus-plus": Plan("forward"),
    "hirescam": Plan("forward"),
    "xgradcam": Plan("forward"),
    "layercam": Plan("forward"),
    "eigencam": Plan("forward"),
    "integrated-gradients": Plan("gradients", {"steps": GRADIENTS - 1}),
    "smoothgrad": Plan("gradients", {"copies": GRADIENTS}),
    "squaregrad": Plan("gradients", {"copies": GRADIENTS}),
    "vargrad": Plan("gradients", {"copies": GRADIENTS}),
    "guided-ig": Plan("gradients", {"steps": GRADIENTS - 1}),
    "blur-ig": Plan("gradients", {"steps": GRADIENTS - 1}),
    "xrai": Plan("gradients", {"steps": GRADIENTS // 2 - 1}),
    "scorecam": Plan("images", {"max_channels": 31}),
    "ablationcam": Plan("images"),
    "occlusion": Plan("images", PATCH),
    "patch-classification": Plan("images", PATCH),
    "rise": Plan("images", {"mask_count": 32}),
    "lime": Plan("images", {"sample_count": 32}),
    "kernelshap": Plan("images", {"sample_count": 30}),
    "sobol": Plan("images", {"grid_cells": 3, "designs": 4}),
}
"""By method; one that is not here has the plan of its kind."""


def plan_of(method: Method) -> Plan:
    """Say how a method is timed."""
    usual = Plan("images" if method.is_long else "backward")
    return CHOSEN_PLANS.get(method.name, usual)


PLANS = {name: plan_of(method) for name, method in METHODS.items() if name != AUTO_METHOD.name}
"""By method, all of them; `auto` computes nothing itself."""


ONE_PASS = tuple(name for name, plan in PLANS.items() if plan.bare in ("forward", "backward"))
MANY_PASS = tuple(name for name in PLANS if name not in ONE_PASS)

WITH_A_BAR = ("integrated-gradients", "smoothgrad", "rise")
"""Methods of many passes that are also timed where each pass takes long."""
