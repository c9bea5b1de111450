"""What a method may need of a network; where that is missing it is refused, not approximated.

Methods that only score changed images (occlusion, RISE, LIME, ...) need nothing of this. Which
method needs what is said where the method is described.
"""

from typing import Literal

Need = Literal[
    "image-gradient", "rectifiers", "layer", "layer-gradient", "replaced-layer", "pooled-head"
]
"""The score's gradient by the image; ReLUs that can be given another gradient; a layer with a
spatial map that can be watched; the score's gradient by its maps; the score that follows from
other maps; class weights of a dense layer after the average of a layer's maps."""

Missing = dict[Need, str]
"""What a network lacks, and why."""
