"""UMAP and t-SNE bear duplicates, zeros and few points, and give the same places again."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import core
from core.atlas.errors import TooFewPointsError
from core.atlas.nearest import nearest_by_cosine
from core.atlas.project import project
from core.atlas.tsne_layout import tsne_layout
from core.atlas.umap_layout import umap_layout

ROOT = Path(core.__file__).resolve().parent.parent
UMAP = partial(
    umap_layout, neighbors=50, min_dist=0.05, metric="cosine", dimensions=2, seed=1,
    fit_points=60, chunk_points=16,
)  # fmt: skip
TSNE = partial(
    tsne_layout, perplexity=50.0, learning_rate=None, metric="cosine", dimensions=2, seed=1,
    fit_points=60,
)  # fmt: skip
both = pytest.mark.parametrize("projection", [UMAP, TSNE], ids=["umap", "tsne"])


def clusters(per_cluster=30, *, seed=0):
    """Three clusters of directions in six dimensions, one after another."""
    random = np.random.default_rng(seed)
    centres = np.repeat(np.eye(6)[:3], per_cluster, axis=0)
    return (centres + random.normal(0, 0.05, centres.shape)).astype(np.float32)


def with_trouble():
    """The clusters with silent activations, a crowd of equal ones, and one not finite."""
    silent = np.zeros((40, 6), np.float32)
    equal = np.tile(np.array([0, 0, 0, 2, 0, 0], np.float32), (60, 1))
    broken = np.full((1, 6), np.nan, np.float32)
    return np.concatenate([silent, clusters(), equal, broken])


@both
def test_silent_and_equal_activations_are_borne(projection):
    projected = project(with_trouble(), projection, metric="cosine")

    assert projected.rows.tolist() == list(range(40, 190))
    assert np.isfinite(projected.points).all()
    assert (projected.points[90:] == projected.points[90]).all()


@both
def test_what_was_not_fitted_lies_with_its_own_cluster(projection):
    points = project(clusters(), projection, metric="cosine").points

    distances = np.linalg.norm(points[:, np.newaxis] - points, axis=-1)
    nearest = np.argsort(distances + np.diag(np.full(90, np.inf)), axis=1)[:, :3]
    owners = np.arange(90) // 30
    assert (owners[nearest] == owners[:, np.newaxis]).mean() > 0.97


@both
def test_the_same_activations_get_the_same_places_again(projection):
    first, again = (project(clusters(), projection, metric="cosine") for _ in range(2))

    np.testing.assert_array_equal(first.points, again.points)


@both
def test_a_layout_of_one_dimension_is_a_line(projection):
    line = project(clusters(12), partial(projection, dimensions=1), metric="cosine").points

    assert line.shape == (36, 1)
    assert (line.min(), line.max()) == (0.0, 1.0)


@both
def test_fewer_points_than_neighbours_are_laid_out_all_the_same(projection):
    points = project(clusters(3), projection, metric="cosine").points

    assert np.isfinite(points).all()


@both
def test_too_few_different_activations_are_refused_with_their_number(projection):
    same = np.tile(clusters(2), (20, 1))

    with pytest.raises(TooFewPointsError) as refused:
        project(same, projection, metric="cosine")

    assert (refused.value.count, refused.value.least) == (6, 8)


def test_chunks_are_fixed_so_that_what_is_placed_does_not_depend_on_later_chunks():
    everything = clusters(60)
    some = partial(UMAP, fit_points=10_000)

    whole = some(everything[:90])
    fitted_on_all = project(everything, partial(UMAP, fit_points=100), metric="cosine")

    assert whole.shape == (90, 2)
    assert len(fitted_on_all.points) == 180


def test_the_nearest_by_cosine_are_those_of_a_slow_search():
    random = np.random.default_rng(4)
    vectors, asked = random.normal(size=(50, 5)), random.normal(size=(7, 5))
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(asked, axis=1)[:, np.newaxis]
    slow = asked @ vectors.T / lengths

    indices, cosines = nearest_by_cosine(
        vectors.astype(np.float32), asked.astype(np.float32), count=4
    )

    np.testing.assert_array_equal(indices, np.argsort(-slow, axis=1)[:, :4])
    np.testing.assert_allclose(cosines, -np.sort(-slow, axis=1)[:, :4], atol=1e-6)


def test_of_few_vectors_no_more_neighbours_are_found_than_there_are():
    indices, _ = nearest_by_cosine(
        np.eye(2, dtype=np.float32), np.eye(2, dtype=np.float32), count=9
    )

    assert indices.tolist() == [[0, 1], [1, 0]]


def test_a_layout_is_made_in_a_process_that_never_loads_tensorflow():
    code = (
        "import sys, numpy as np\n"
        "from core.atlas import project, tsne_layout, umap_layout, grid, whitening\n"
        "from core.atlas import class_views, locate, sprites, preview, shards\n"
        "from core.atlas import places, cell_records\n"
        "umap_layout._umap_class()\n"
        "sys.exit(str(sorted({'tensorflow', 'keras'} & set(sys.modules))))"
    )

    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ended.stderr.strip().splitlines()[-1:] == ["[]"]
