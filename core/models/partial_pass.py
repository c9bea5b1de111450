"""A forward pass through a part of a network: as far as some layers, and with any image size.

What follows the last of the layers is not even traced. So pictures can be optimized for a layer
at a size for which the network's head is not made.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import keras
import tensorflow as tf

from core.errors import SizeUnsupportedError
from core.models.classifier import Classifier
from core.models.layers import named_layers
from core.models.taps import CALLING, OutputHook, tapped
from core.shapes import Images

LOGITS = ""
"""In place of a layer's name: the scores before the softmax."""


class _AllSeenError(BaseException):
    """Ends a forward pass whose remainder nobody wants.

    No `Exception`: Keras would catch that and wrap it into one of its own.
    """


def partial_pass(
    classifier: Classifier, images: Images, layers: Sequence[str]
) -> dict[str, tf.Tensor]:
    """Give what some layers make of images, and go no further.

    Args:
        classifier: meant to be called while a `tf.function` is traced.
        images: [B, H, W, C] float32, of any height and width that the layers can take.
        layers: names in `classifier.layers`, or `LOGITS`.

    Returns:
        By name what the layer puts out, [B, ...] float32; the logits as [B, K].

    Raises:
        LayerNotFoundError: the network has no such layer.
        LayerNotSpatialError: one is called more than once, or puts out several tensors.
    """
    wanted = set(layers) - {LOGITS}
    seen: dict[str, tf.Tensor] = {}

    def noting(name: str) -> OutputHook:
        def note(output: tf.Tensor) -> tf.Tensor:
            seen[name] = tf.cast(output, tf.float32)
            if len(seen) == len(wanted) and LOGITS not in layers:
                raise _AllSeenError
            return output

        return note

    with ExitStack() as stack:
        stack.enter_context(takes_any_size(classifier.network))
        for name in wanted:
            stack.enter_context(tapped(classifier.tappable_layer(name), noting(name)))
        try:
            logits = classifier.logits(images)
        except _AllSeenError:
            return seen
    return seen | {LOGITS: logits} if LOGITS in layers else seen


def layer_shapes(
    classifier: Classifier, layers: Sequence[str], *, height: int, width: int
) -> dict[str, tuple[int, ...]]:
    """Tell what shape each layer's output has for images of a size; nothing is computed.

    Returns:
        By name the shape without the batch.

    Raises:
        SizeUnsupportedError: the network cannot be run that far with such images.
        LayerNotFoundError: the network has no such layer.
        LayerNotSpatialError: one is called more than once, or puts out several tensors.
    """
    own = classifier.manifest.input
    pixels = tf.TensorSpec((1, height, width, 3), tf.float32)
    trace = tf.function(
        lambda images: partial_pass(classifier, classifier.preprocess(images), layers),
        autograph=False,
    )
    try:
        outputs = trace.get_concrete_function(pixels).structured_outputs
    except (ValueError, TypeError, tf.errors.OpError) as error:
        if (height, width) == (own.height, own.width):
            raise
        raise SizeUnsupportedError(
            (height, width), (own.height, own.width), str(error).splitlines()[0]
        ) from error
    return {name: tuple(output.shape[1:]) for name, output in outputs.items()}


@contextmanager
def takes_any_size(network: keras.Model) -> Iterator[None]:
    """Let a network, and those nested in it, be called with images of another size.

    Other threads that call a network through `Classifier` wait meanwhile.
    """
    layers = (network, *named_layers(network).values())
    models = [layer for layer in layers if isinstance(layer, keras.Model)]
    with CALLING:
        specs = [model.input_spec for model in models]
        try:
            for model in models:
                model.input_spec = None
            yield
        finally:
            for model, spec in zip(models, specs, strict=True):
                model.input_spec = spec
