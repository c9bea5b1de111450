"""What each method needs of a network; where that is missing it is refused, not approximated.

Methods that only score changed images (occlusion, RISE, LIME, ...) need nothing of this.
"""

IMAGE_GRADIENT = (
    "saliency",
    "gradient-times-input",
    "integrated-gradients",
    "smoothgrad",
    "squaregrad",
    "vargrad",
    "guided-ig",
    "blur-ig",
    "xrai",
)
"""Differentiate the score by the image."""

RECTIFIED_GRADIENT = ("guided-backpropagation", "deconvolution", "guided-gradcam")
"""Do so through rectifiers whose gradients are replaced."""

LAYER_GRADIENT = (
    "gradcam",
    "gradcam-plus-plus",
    "hirescam",
    "xgradcam",
    "layercam",
    "guided-gradcam",
)
"""Differentiate the score by a layer's maps."""

LAYER_MAPS = ("scorecam", "eigencam")
"""Look at a layer's maps."""

LAYER_REPLACED = ("ablationcam",)
"""Score a network whose layer gives other maps."""

POOLED_HEAD = ("cam",)
"""Read the class weights of a dense layer that follows the average of a layer's maps."""

LAYER = tuple(dict.fromkeys((*LAYER_GRADIENT, *LAYER_MAPS, *LAYER_REPLACED, *POOLED_HEAD)))
"""All that need a layer with a spatial map."""
