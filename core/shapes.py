"""Shapes as types: checked in the tests, read by people everywhere.

B images in a batch, H and W their height and width in pixels, C their colour channels;
h, w and D the height, width and channels of a layer's output; K classes.
"""

import tensorflow as tf
from jaxtyping import Float, Int, UInt8

Pixels = UInt8[tf.Tensor, "B H W C"]
Images = Float[tf.Tensor, "B H W C"]
Activations = Float[tf.Tensor, "B h w D"]
Maps = Float[tf.Tensor, "B h w"]
Logits = Float[tf.Tensor, "B K"]
Scores = Float[tf.Tensor, "B"]
ClassIndices = Int[tf.Tensor, "B"]
