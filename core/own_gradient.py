"""Functions of tensors with a gradient of their own, whose callers' graphs can be freed.

`tf.custom_gradient`, called while a graph is traced, registers a gradient under a new name for
as long as the process lives, and that holds the whole graph: each job whose step is compiled
anew would leave its network behind. Here the registered graph is that of the one function,
traced once in a process for each shape, and the caller's graph only calls it.
"""

import functools
from collections.abc import Callable
from typing import Any

import tensorflow as tf

Forward = Callable[..., tuple[tf.Tensor, Callable[[tf.Tensor], Any]]]
"""From tensors to a result and the way back: from the gradient by the result to those by the
tensors, one for each of them."""


def own_gradient(forward: Forward) -> Callable[..., tf.Tensor]:
    """Make a differentiable function of what computes the result and its way back.

    Args:
        forward: a pure function of its tensors; it must hold no other tensor.

    Returns:
        The function, of as many tensors.
    """
    differentiable = tf.custom_gradient(forward)

    @functools.cache
    def traced(*specs: tf.TensorSpec) -> Callable[..., tf.Tensor]:
        with tf.init_scope():
            function = tf.function(differentiable, autograph=False)
            concrete: Callable[..., tf.Tensor] = function.get_concrete_function(*specs)
            return concrete

    def call(*tensors: tf.Tensor) -> tf.Tensor:
        given = [tf.convert_to_tensor(tensor) for tensor in tensors]
        return traced(*(tf.TensorSpec(one.shape, one.dtype) for one in given))(*given)

    return call
