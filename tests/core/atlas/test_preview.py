"""The picture of an atlas shows icons at their places, their density, and a label a region."""

import numpy as np
import pytest

from core.atlas.grid import Cells
from core.atlas.preview import icon_sides, preview_picture, region_peaks

PIXELS = 40


def cells_at(places, attributions, densities=None, grid=4, sparse_points=0):
    rows, columns = np.array(places).T
    count = len(rows)
    return Cells(
        grid=grid,
        rows=rows,
        columns=columns,
        densities=np.full(count, 10) if densities is None else np.array(densities),
        vectors=np.zeros((count, 1), np.float32),
        attributions=np.array(attributions, np.float32),
        sparse_points=sparse_points,
    )


def red_icons(count):
    return np.full((count, 20, 20, 3), (200, 40, 40), np.uint8)


def drawn(cells, labels=(), opacities=None, spread=100.0):
    return preview_picture(
        cells,
        red_icons(len(cells.rows)),
        labels,
        cell_pixels=PIXELS,
        opacities=opacities,
        spread=spread,
    )


def test_an_icon_fills_its_own_cell_and_no_other():
    picture = drawn(cells_at([(1, 2)], [[1.0]]))

    assert picture.shape == (160, 160, 3)
    is_red = (picture == (200, 40, 40)).all(axis=-1)
    assert is_red[40:80, 80:120].all()
    assert is_red.sum() == 1600
    assert (picture[~is_red] == 255).all()


def test_an_icon_of_few_activations_is_smaller_and_in_the_middle():
    # The mean over 16 cells is (64 + 16) / 16 = 5: sides min(1, sqrt(64/5)) and sqrt(1/5).
    cells = cells_at([(0, 0), (3, 3)], [[1.0], [1.0]], densities=[64, 1], sparse_points=15)

    is_red = drawn(cells, spread=1.0)[..., 1] < 255

    assert is_red[:40, :40].all()
    rows = np.flatnonzero(is_red[120:, 120:].any(axis=1))
    assert len(rows) == round(40 * np.sqrt(1 / 5))
    assert rows[0] + rows[-1] == pytest.approx(39, abs=1)


def test_icon_sides_follow_the_square_root_of_the_density_up_to_the_cell():
    sides = icon_sides(np.array([1, 4, 16, 64]), points=64, grid=2, spread=0.25)

    np.testing.assert_allclose(sides, [0.125, 0.25, 0.5, 1.0])


def test_icons_fade_to_white_with_their_opacity():
    cells = cells_at([(0, 0), (0, 1), (0, 2)], [[1.0]] * 3)

    picture = drawn(cells, opacities=np.array([1.0, 0.5, 0.0]))

    assert picture[20, 20].tolist() == [200, 40, 40]
    np.testing.assert_allclose(picture[20, 60], [227.5, 147.5, 147.5], atol=1)
    assert picture[20, 100].tolist() == [255, 255, 255]


def test_each_region_of_one_top_class_has_its_peak():
    # Class 0 in the left column (touching) and alone at the right; class 1 in between.
    cells = cells_at(
        [(0, 0), (1, 0), (0, 1), (3, 3)],
        [[2.0, 1.0], [5.0, 0.0], [0.0, 3.0], [1.0, 0.5]],
    )

    assert sorted(region_peaks(cells)) == [(1, 0), (2, 1), (3, 0)]


def test_a_region_that_hardly_speaks_for_its_class_has_no_peak():
    cells = cells_at([(0, 0), (3, 3), (0, 3)], [[10.0, 0.0], [0.0, 0.9], [-2.0, -1.0]])

    assert region_peaks(cells) == [(0, 0)]
    assert region_peaks(cells_at([(0, 0)], [[-2.0, -1.0]])) == []


def test_the_label_is_written_on_the_peak_and_nowhere_else():
    cells = cells_at([(0, 0), (1, 0)], [[1.0, 0.0], [2.0, 0.0]])

    plain, labelled = drawn(cells), drawn(cells, labels=("cat", "dog"))

    changed = (plain != labelled).any(axis=-1)
    assert changed[40:80, :60].sum() > 30
    assert not changed[:40].any()
    assert (labelled[changed] < 100).all(axis=-1).any()


def test_regions_come_with_the_most_influential_first():
    cells = cells_at([(0, 0), (0, 3), (3, 0)], [[2.0, 0.0], [0.0, 5.0], [3.0, 0.0]])

    assert region_peaks(cells) == [(1, 1), (2, 0), (0, 0)]


def test_a_label_that_would_lie_on_a_more_influential_one_is_left_out():
    # Both are longer than a cell, so that neighbours cannot both be labelled.
    labels = ("left label", "right label")
    cells = cells_at([(1, 1), (1, 2)], [[2.0, 0.0], [0.0, 3.0]])
    alone = cells_at([(1, 1), (1, 2)], [[0.0, 0.0], [0.0, 3.0]])

    np.testing.assert_array_equal(drawn(cells, labels), drawn(alone, labels))
    assert (drawn(cells, labels) != drawn(cells)).any()


def test_labels_that_have_room_are_all_written():
    labels = ("left label", "right label")
    cells = cells_at([(0, 1), (3, 2)], [[2.0, 0.0], [0.0, 3.0]])

    changed = (drawn(cells, labels) != drawn(cells)).any(axis=-1)

    assert changed[:40].any()
    assert changed[120:].any()


def test_without_attributions_nothing_is_labelled():
    cells = cells_at([(0, 0)], np.zeros((1, 0)))

    np.testing.assert_array_equal(drawn(cells, labels=("cat",)), drawn(cells))
