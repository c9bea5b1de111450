"""From an order to the function that carries it out, compiled for its model."""

from collections.abc import Callable

import tensorflow as tf

from api_schemas.explanations import ExplanationOrder
from api_schemas.methods import METHODS, unsupported_methods
from core.errors import MethodUnsupportedError
from core.models.classifier import Classifier
from core.progress import Track
from core.score import top_targets
from core.shapes import ClassIndices, Maps, Pixels
from workers.chunks import with_smaller_chunks
from workers.explained import Explain, Explained
from workers.first_calls import first_call_aside
from workers.looking_inside import LOOKS
from workers.many_pass import MANY_PASS_KERNELS, ManyPass
from workers.network_passes import NetworkPasses
from workers.one_pass import ONE_PASS_KERNELS, OnePass
from workers.targeted_scores import TargetedScores

Traceable = Callable[[Pixels, ClassIndices, ClassIndices], Explained]


def compile_kernel(
    passes: NetworkPasses, order: ExplanationOrder, *, max_images: int
) -> Explain:
    """Make the function that carries an order out for any batch.

    Args:
        passes: of the model.
        order: its method, layer, parameters and seed count; its classes do not.
        max_images: in one pass through the network, for methods of many passes.

    Raises:
        LayerNotFoundError: the model has no such layer.
        LayerNotSpatialError: the layer has no spatial map.
        LayerNotConvolutionError: the layer has no filters to show.
        MethodUnsupportedError: this form of model cannot support the method.
    """
    classifier = passes.classifier
    if order.method is None:
        return _compile(classifier, lambda *batch: _predict(classifier, *batch))
    if order.method in LOOKS:
        return LOOKS[order.method](passes, order)
    check_support(classifier, order.method)
    method = METHODS[order.method]
    layer = classifier.spatial_layer(order.layer) if method.uses_layer else ""
    parameters = method.parameters.model_validate(order.parameters)
    if order.method in MANY_PASS_KERNELS:
        return _many_pass(passes, order, layer=layer, max_images=max_images)
    kernel = ONE_PASS_KERNELS[order.method]

    def explain(pixels: Pixels, requested: ClassIndices, versus: ClassIndices) -> Explained:
        scores = TargetedScores(classifier, requested, versus)
        images = classifier.preprocess(pixels)
        return scores.explained(kernel(OnePass(scores, images, layer, parameters)))

    return _compile(classifier, explain)


def check_support(classifier: Classifier, method: str) -> None:
    """Check that a network has what a method needs of it.

    Raises:
        MethodUnsupportedError: it has not, for the reason found at load.
    """
    reason = unsupported_methods(classifier.missing).get(method)
    if reason is not None:
        raise MethodUnsupportedError(method, reason)


def _predict(
    classifier: Classifier, pixels: Pixels, requested: ClassIndices, _: ClassIndices
) -> Explained:
    """Score a batch and explain nothing."""
    logits = classifier.logits(classifier.preprocess(pixels))
    return Explained(logits=logits, targets=top_targets(logits, requested), maps=None)


def _many_pass(
    passes: NetworkPasses, order: ExplanationOrder, *, layer: str, max_images: int
) -> Explain:
    """Make a loop around compiled passes; smaller chunks are tried where memory runs out."""
    method = METHODS[str(order.method)]
    kernel = MANY_PASS_KERNELS[method.name]
    parameters = method.parameters.model_validate(order.parameters)

    def explain(
        pixels: Pixels, requested: ClassIndices, versus: ClassIndices, track: Track
    ) -> Explained:
        images, logits = passes.predict(pixels)
        targets = top_targets(logits, requested)

        def maps(chunk: int) -> Maps:
            return kernel(
                ManyPass(
                    passes=passes,
                    pixels=pixels,
                    images=images,
                    targets=targets,
                    versus=versus,
                    layer=layer,
                    parameters=parameters,
                    seed=order.seed,
                    chunk=chunk,
                    track=track,
                )
            )

        chunk = max(1, max_images // int(pixels.shape[0]))
        return Explained(logits, targets, with_smaller_chunks(maps, chunk=chunk))

    return explain


def _compile(classifier: Classifier, explain: Traceable) -> Explain:
    """Trace a function once, for any batch size; tensors leave it as a flat tuple."""
    size = classifier.manifest.input
    signature = [
        tf.TensorSpec([None, size.height, size.width, 3], tf.uint8, name="pixels"),
        tf.TensorSpec([None], tf.int32, name="requested"),
        tf.TensorSpec([None], tf.int32, name="versus"),
    ]

    def flat(
        pixels: Pixels, requested: ClassIndices, versus: ClassIndices
    ) -> tuple[tf.Tensor, ...]:
        explained = explain(pixels, requested, versus)
        maps = () if explained.maps is None else (explained.maps,)
        return explained.logits, explained.targets, *maps

    compiled = first_call_aside(tf.function(flat, autograph=False, input_signature=signature))

    def run(
        pixels: Pixels, requested: ClassIndices, versus: ClassIndices, _: Track
    ) -> Explained:
        logits, targets, *maps = compiled(pixels, requested, versus)
        return Explained(logits=logits, targets=targets, maps=maps[0] if maps else None)

    return run
