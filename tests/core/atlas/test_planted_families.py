"""A whole atlas of six planted families of texture: what was planted is what is found."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest
import tensorflow as tf

from core.atlas.class_views import class_atlas_rows
from core.atlas.forward_attributions import forward_attributions
from core.atlas.grid import cells_of
from core.atlas.locate import landmarks_of, locate
from core.atlas.places import sample_places
from core.atlas.project import project
from core.atlas.reverse_attributions import reverse_attributions
from core.atlas.shards import make_shard, pack_shard, unpack_shard
from core.atlas.umap_layout import umap_layout
from tests.core.atlas.texture_families import (
    FAMILIES,
    texture_images,
    texture_network,
    watched_logits,
)

PER_FAMILY, SEED = 40, 5
UMAP = partial(
    umap_layout,
    neighbors=15,
    min_dist=0.05,
    metric="cosine",
    dimensions=2,
    seed=SEED,
    fit_points=1000,
    chunk_points=100,
)


@dataclass(frozen=True)
class Atlas:
    """What was made of the images, and which family each activation is of."""

    score: object
    images: np.ndarray
    places: np.ndarray
    collected: object
    """Before it was rounded to half precision."""
    shard: object
    projected: object
    families: np.ndarray


@pytest.fixture(scope="module")
def atlas():
    score = watched_logits(texture_network(), "pooled")
    images, families = texture_images(PER_FAMILY)
    images[3] = 0.0  # an image that no unit answers to
    numbers = np.arange(len(images))
    places = sample_places(numbers, height=4, width=4, per_image=1, seed=SEED)
    vectors, attributions = forward_attributions(score, tf.constant(images), places)
    collected = make_shard(vectors.numpy(), attributions.numpy(), numbers, places)
    shard = unpack_shard(pack_shard(collected))
    projected = project(shard.vectors, UMAP, metric="cosine")
    return Atlas(score, images, places, collected, shard, projected, families[projected.rows])


def test_the_silent_activation_is_left_out_and_every_other_one_is_laid_out(atlas):
    assert atlas.projected.rows.tolist() == [
        row for row in range(FAMILIES * PER_FAMILY) if row != 3
    ]
    assert ((atlas.projected.points >= 0) & (atlas.projected.points <= 1)).all()


def test_families_lie_in_regions_of_their_own(atlas):
    points = atlas.projected.points
    distances = np.linalg.norm(points[:, np.newaxis] - points, axis=-1)

    nearest = np.argsort(distances, axis=1)[:, 1:6]

    same = atlas.families[nearest] == atlas.families[:, np.newaxis]
    assert same.mean() > 0.98


def test_attributions_are_the_slow_ones_of_finite_differences(atlas):
    step, chosen = 1e-2, np.array([10, 90, 130, 239])
    for row in chosen:
        row_place, column_place = atlas.places[row, 0]

        def logits(factor, row=row, at=(row_place, column_place)):
            scale = np.ones((1, 4, 4, 1), np.float32)
            scale[0, at[0], at[1]] = factor
            return scaled_logits(atlas, row, scale)

        expected = (logits(1 + step) - logits(1 - step)) / (2 * step)
        np.testing.assert_allclose(atlas.collected.attributions[row], expected, atol=1e-4)
        np.testing.assert_allclose(atlas.shard.attributions[row], expected, rtol=2e-3)


def scaled_logits(atlas, row, scale):
    kept = []
    atlas.score(tf.constant(atlas.images[row : row + 1]), kept.append)
    after = atlas.score.__closure__[0].cell_contents
    return after(kept[0] * scale).numpy()[0]


def test_forward_and_reverse_attributions_agree(atlas):
    some = slice(0, None, 29)

    _, backwards = reverse_attributions(
        atlas.score, tf.constant(atlas.images[some]), atlas.places[some]
    )

    np.testing.assert_allclose(atlas.collected.attributions[some], backwards[:, 0], atol=1e-5)


@pytest.mark.parametrize("grid", [4, 8, 16])
def test_every_activation_is_in_one_cell_and_cells_speak_for_their_family(atlas, grid):
    shard = atlas.shard.rows(atlas.projected.rows)

    cells = cells_of(
        atlas.projected.points, shard.vectors, shard.attributions, grid=grid, min_density=3
    )

    assert cells.densities.sum() + cells.sparse_points == len(atlas.families)
    columns, rows = np.minimum(np.floor(atlas.projected.points * grid), grid - 1).astype(int).T
    for place, (row, column) in enumerate(zip(cells.rows, cells.columns, strict=True)):
        inside = atlas.families[(rows == row) & (columns == column)]
        assert len(inside) == cells.densities[place]
        counts = np.bincount(inside, minlength=FAMILIES)
        if counts.max() > 0.9 * len(inside):
            assert cells.attributions[place].argmax() == counts.argmax()


def test_a_class_atlas_holds_its_own_family_and_nothing_that_speaks_against_it(atlas):
    shard = atlas.shard.rows(atlas.projected.rows)

    chosen = class_atlas_rows(shard.attributions, classes=(2,), count=20)

    assert (shard.attributions[chosen, 2] > 0).all()
    assert (atlas.families[chosen] == 2).mean() > 0.9
    assert chosen[atlas.families == 2].mean() > 0.9


def test_new_images_of_a_family_are_located_among_their_own(atlas):
    images, families = texture_images(2, seed=77)
    places = np.full((len(images), 1, 2), 2, np.int32)
    vectors, _ = reverse_attributions(atlas.score, tf.constant(images), places)
    shard = atlas.shard.rows(atlas.projected.rows)
    cells = cells_of(
        atlas.projected.points, shard.vectors, shard.attributions, grid=8, min_density=1
    )
    landmarks = landmarks_of(shard.vectors, atlas.projected.points, limit=200, seed=0)

    for vector, family in zip(vectors.numpy(), families, strict=True):
        found = locate(landmarks, vector, [cells], neighbors=5)

        assert sum(cell.weight for cell in found) == pytest.approx(1.0)
        heaviest = (cells.rows == found[0].row) & (cells.columns == found[0].column)
        assert cells.attributions[heaviest][0].argmax() == family


def test_the_same_seed_makes_the_same_layout_and_another_one_does_not(atlas):
    again = project(atlas.shard.vectors, UMAP, metric="cosine")
    other = project(atlas.shard.vectors, partial(UMAP, seed=SEED + 1), metric="cosine")

    np.testing.assert_array_equal(again.points, atlas.projected.points)
    assert np.abs(other.points - atlas.projected.points).max() > 0.05
