"""A layout in which similar activations are neighbours: t-SNE.

Source: van der Maaten and Hinton, "Visualizing Data using t-SNE" (2008), by scikit-learn; the
atlas article prefers it for class atlases, whose activations are sparse, with perplexity 50 and
learning rate 10. Departure: t-SNE has no way to place what it was not fitted on; here such
vectors lie on the nearest fitted one, by the cosine.
"""

import numpy as np
from jaxtyping import Float

from core.atlas.arrays import Vectors
from core.atlas.distinct import Metric
from core.atlas.draws import random_rows
from core.atlas.errors import TooFewPointsError
from core.atlas.nearest import nearest_by_cosine
from core.atlas.umap_layout import FIT_STREAM

LEAST_POINTS = 8
NEIGHBORS_PER_PERPLEXITY = 3
"""t-SNE looks at three times as many neighbours as the perplexity says."""


def tsne_layout(
    vectors: Vectors,
    *,
    perplexity: float,
    learning_rate: float | None,
    metric: Metric,
    dimensions: int,
    seed: int,
    fit_points: int,
) -> Float[np.ndarray, "N dimensions"]:
    """Lay vectors out; the same vectors in the same order get the same places.

    Args:
        vectors: [N, D] float32, all different and with a direction (`distinct_vectors`).
        perplexity: neighbours that count for each vector, above 1; fewer if there are fewer.
        learning_rate: of the descent; none for N / 48, at least 50, which suits any number.
        metric: by which they are neighbours.
        dimensions: of the layout, 1 or 2.
        seed: 0 or more.
        fit_points: if there are more vectors, so many shape the layout, chosen at random.

    Returns:
        [N, dimensions] float32 in units of its own; `normalize_layout` follows.

    Raises:
        TooFewPointsError: fewer than 8 vectors.
    """
    if len(vectors) < LEAST_POINTS:
        raise TooFewPointsError(len(vectors), LEAST_POINTS)
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    fitted = random_rows(len(vectors), limit=fit_points, seed=seed, stream=FIT_STREAM)
    descent = TSNE(
        n_components=dimensions,
        perplexity=min(perplexity, (len(fitted) - 1) / NEIGHBORS_PER_PERPLEXITY),
        learning_rate="auto" if learning_rate is None else learning_rate,
        metric=metric,
        init="random",
        random_state=seed % (1 << 32),
        n_jobs=1,
    )
    # Several threads sum in an order of their own, and wait for each other more than they save.
    with threadpool_limits(1):
        places = np.asarray(descent.fit_transform(vectors[fitted]), np.float32)
    if len(fitted) == len(vectors):
        return places
    nearest, _ = nearest_by_cosine(vectors[fitted], vectors, count=1)
    layout = places[nearest[:, 0]]
    layout[fitted] = places
    return layout
