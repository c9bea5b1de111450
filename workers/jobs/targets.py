"""The numbers that a batch's objectives stand for, as the compiled step takes them."""

from collections.abc import Mapping, Sequence

import numpy as np
import tensorflow as tf

from core.errors import UnitNotFoundError
from core.images.pixels import RgbPixels
from core.images.resize import resize_image
from core.models.classifier import Classifier
from core.models.partial_pass import partial_pass
from core.visualize.objectives import EVERYWHERE, Target, as_maps
from workers.jobs.wanted import Term, Wanted

Shapes = Mapping[str, tuple[int, ...]]


def targets_of(
    classifier: Classifier,
    wanted: Sequence[Wanted],
    shapes: Shapes,
    *,
    facets: int,
    size: tuple[int, int],
) -> tuple[Target, ...]:
    """Give one target for each aim that the objectives of a batch share.

    Args:
        classifier: shows what the layers make of the images sent.
        wanted: objectives with the same aims.
        shapes: of the layers' outputs, without the batch.
        facets: pictures of each objective.
        size: height and width of the pictures.

    Raises:
        UnitNotFoundError: a position lies outside the layer.
    """
    by_aim = zip(*(one.terms for one in wanted), strict=True)
    return tuple(_target(classifier, terms, shapes, facets, size) for terms in by_aim)


def _target(
    classifier: Classifier,
    terms: Sequence[Term],
    shapes: Shapes,
    facets: int,
    size: tuple[int, int],
) -> Target:
    repeated = [term for term in terms for _ in range(facets)]
    layer = terms[0].aim.layer
    height, width, channels = map_shape(shapes[layer])
    vectors = {
        id(term): vector_of(classifier, term, channels=channels, size=size) for term in terms
    }
    positions = [position_of(term, height=height, width=width) for term in repeated]
    return Target(
        weights=tf.constant([term.weight for term in repeated], tf.float32),
        vectors=tf.constant(np.stack([vectors[id(term)] for term in repeated]), tf.float32),
        positions=tf.constant(positions, tf.int32),
    )


def vector_of(
    classifier: Classifier, term: Term, *, channels: int, size: tuple[int, int]
) -> np.ndarray:
    """Give a term's direction [D], or its image's activations [h, w, D]."""
    if term.image is not None:
        return image_activations(classifier, term.aim.layer, term.image, size=size)
    if term.vector is not None:
        return term.vector
    if term.unit is None:
        return np.zeros(1, np.float32)
    one_hot: np.ndarray = np.eye(channels, dtype=np.float32)[term.unit]
    return one_hot


def image_activations(
    classifier: Classifier, layer: str, image: RgbPixels, *, size: tuple[int, int]
) -> np.ndarray:
    """Give what a layer makes of an image that is stretched to the size: [h, w, D]."""
    height, width = size
    resized = resize_image(image, width=width, height=height)

    def look(pixels: tf.Tensor) -> tf.Tensor:
        return partial_pass(classifier, classifier.preprocess(pixels), [layer])[layer]

    maps = as_maps(tf.function(look, autograph=False)(tf.constant(resized[np.newaxis])))
    activations: np.ndarray = maps[0].numpy()
    return activations


def position_of(term: Term, *, height: int, width: int) -> tuple[int, int]:
    """Give the row and column that a term is about, or `EVERYWHERE` for both.

    Raises:
        UnitNotFoundError: the layer has no such position.
    """
    if term.position is None:
        return EVERYWHERE, EVERYWHERE
    row, column = term.position
    row, column = height // 2 if row is None else row, width // 2 if column is None else column
    if row >= height or column >= width:
        raise UnitNotFoundError(
            term.aim.layer,
            f"position in row {row}, column {column}",
            f"{height} rows and {width} columns",
        )
    return row, column


def map_shape(shape: Sequence[int]) -> tuple[int, int, int]:
    """Give the [h, w, D] of a layer's output, as `as_maps` makes it."""
    *places, channels = shape
    height, width = (*places, 1, 1)[:2]
    return height, width, channels
