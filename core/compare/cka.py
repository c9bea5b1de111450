"""Whether two layers, of one network or of two, tell the same images apart: linear CKA.

Source: Kornblith et al., "Similarity of Neural Network Representations Revisited" (2019),
https://arxiv.org/abs/1905.00414, section 3; over batches by Nguyen, Raghu and Kornblith, "Do
Wide and Deep Networks Learn the Same Things?" (2020), https://arxiv.org/abs/2010.15327,
equations 2 and 3, with the unbiased HSIC of Song et al. (2012), so that the result does not
hang on the size of the batches.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from core.errors import ShapeError

Features = Float[np.ndarray, "n ..."]
"""What a layer makes of the n images of a batch, of any shape."""
OtherFeatures = Float[np.ndarray, "m ..."]
"""Of what may turn out to be another number of images."""
Gram = Float[np.ndarray, "n n"]
OtherGram = Float[np.ndarray, "m m"]

LEAST_IMAGES = 4
"""In a batch: the unbiased estimate divides by n (n - 3)."""


class LayerSimilarity:
    """Adds up, batch by batch, how alike the layers of two networks see images.

    The memory depends on the layers and the batch, not on the number of images.
    """

    def __init__(self, first_count: int, second_count: int) -> None:
        """Begin with no images, for so many layers of each network."""
        self._between = np.zeros((first_count, second_count))
        self._first = np.zeros(first_count)
        self._second = np.zeros(second_count)

    def add(self, first: Sequence[Features], second: Sequence[OtherFeatures]) -> None:
        """Add a batch of images, the same ones in the same order for both networks.

        Args:
            first: for each layer of the first network [n, ...]; n is at least 4. Batches weigh
                alike, so that a last one of few images is better left out.
            second: the same of the second network.

        Raises:
            ShapeError: not as many layers as announced, or not as many images everywhere.
        """
        expected = len(self._first), len(self._second)
        if (len(first), len(second)) != expected:
            raise ShapeError("layers", expected, (len(first), len(second)))
        count = max(LEAST_IMAGES, len(first[0]) if first else 0)
        for features in (*first, *second):
            if len(features) != count:
                raise ShapeError("features", (count, "..."), features.shape)
        self.add_grams(
            [hollow_gram(features) for features in first],
            [hollow_gram(features) for features in second],
        )

    def add_grams(self, first_grams: Sequence[Gram], second_grams: Sequence[OtherGram]) -> None:
        """Add a batch of images by what `hollow_gram` made of it, maybe in another process.

        A hollow Gram matrix without an image's row and column is one of the other images: the
        estimate does not hang on what the features were centred by.

        Args:
            first_grams: for each layer of the first network [n, n]; n is at least 4.
            second_grams: the same of the second network.

        Raises:
            ShapeError: not as many layers as announced, or not as many images everywhere.
        """
        expected = len(self._first), len(self._second)
        if (len(first_grams), len(second_grams)) != expected:
            raise ShapeError("layers", expected, (len(first_grams), len(second_grams)))
        count = max(LEAST_IMAGES, len(first_grams[0]) if first_grams else 0)
        for gram in (*first_grams, *second_grams):
            if gram.shape != (count, count):
                raise ShapeError("gram", (count, count), gram.shape)
        self._first += [unbiased_hsic(gram, gram) for gram in first_grams]
        self._second += [unbiased_hsic(gram, gram) for gram in second_grams]
        self._between += [
            [unbiased_hsic(one, other) for other in second_grams] for one in first_grams
        ]

    def similarities(self) -> Float[np.ndarray, "first second"]:
        """Compare each layer of the first network with each of the second.

        Returns:
            CKA: 1 for layers that differ by a rotation and a scale, about 0 for unrelated ones
            (a little below is possible: the estimate is unbiased). 0 for a layer that tells no
            two images apart.
        """
        squares = np.maximum(self._first, 0.0)[:, np.newaxis] * np.maximum(self._second, 0.0)
        known = squares > 0
        lengths = np.sqrt(np.where(known, squares, 1.0))
        return np.clip(np.where(known, self._between / lengths, 0.0), -1.0, 1.0)


def hollow_gram(features: Features) -> Gram:
    """Multiply the features of each two images, with a diagonal of zeros: [n, n] float64.

    They are centred, which changes no estimate, but keeps a large mean from drowning the rest.
    """
    flat = features.reshape(len(features), -1).astype(np.float64)
    flat -= flat.mean(axis=0)
    gram = flat @ flat.T
    np.fill_diagonal(gram, 0.0)
    return np.asarray(gram)


def unbiased_hsic(first: Gram, second: Gram) -> float:
    """Estimate how dependent two sets of features are, from their hollow Gram matrices.

    Source: Song et al., "Feature Selection via Dependence Maximization" (2012), equation 5.

    Args:
        first: [n, n] symmetric with zeros on the diagonal; n is at least 4.
        second: the same for the same images.
    """
    count = len(first)
    traces = np.sum(first * second)
    sums = first.sum() * second.sum() / ((count - 1) * (count - 2))
    crossed = 2.0 / (count - 2) * float(first.sum(axis=0) @ second.sum(axis=0))
    return float(traces + sums - crossed) / (count * (count - 3))
