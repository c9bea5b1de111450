"""A planted object is found whole, though the map sees only a part of it."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.errors import CoreError, ShapeError
from core.localize.errors import NothingToLocalizeError
from core.localize.graphcut import localize
from core.localize.picture import localization_picture
from core.render.boxes import Box

RED, BLUE = (200, 40, 30), (30, 60, 190)


def scene(height=90, width=120, top=20, left=30, object_height=40, object_width=50):
    """A red object before a blue ground, both grainy, and where the object is."""
    is_object = np.zeros((height, width), bool)
    is_object[top : top + object_height, left : left + object_width] = True
    colours = np.where(is_object[..., None], RED, BLUE)
    grain = np.random.default_rng(0).integers(-15, 16, colours.shape)
    return np.clip(colours + grain, 0, 255).astype(np.uint8), is_object


def map_at(row, column, cells=9):
    """A map [cells, cells] with a peak at a place given in parts of the image."""
    rows, columns = (np.mgrid[0:cells, 0:cells] + 0.5) / cells
    return np.exp(-((rows - row) ** 2 + (columns - column) ** 2) / 0.02).astype(np.float32)


def located(pixels, raw_map, max_side_pixels=300):
    return localize(
        pixels,
        raw_map,
        foreground_quantile=0.95,
        background_quantile=0.3,
        max_side_pixels=max_side_pixels,
    )


def overlap(mask, is_object):
    return ((mask > 0) & is_object).sum() / ((mask > 0) | is_object).sum()


def test_the_whole_object_is_found_from_a_map_of_its_middle():
    pixels, is_object = scene()

    found = located(pixels, map_at(40 / 90, 55 / 120))

    assert overlap(found.mask, is_object) > 0.97
    assert set(np.unique(found.mask)) == {0, 255}
    np.testing.assert_allclose(
        [found.box.x, found.box.y, found.box.width, found.box.height], [30, 20, 50, 40], atol=2
    )


@pytest.mark.parametrize(
    ("height", "width", "top", "left"),
    [(60, 160, 10, 100), (160, 60, 100, 5), (90, 90, 0, 0)],
    ids=["landscape", "portrait", "in-a-corner"],
)
def test_the_object_is_found_wherever_it_is_in_the_image(height, width, top, left):
    pixels, is_object = scene(height, width, top, left)
    rows, columns = np.nonzero(is_object)

    found = located(
        pixels, map_at((rows.mean() + 0.5) / height, (columns.mean() + 0.5) / width)
    )

    assert overlap(found.mask, is_object) > 0.95


def test_an_image_cut_small_gives_its_box_in_pixels_of_the_image_sent():
    pixels, is_object = scene()
    large = np.kron(pixels, np.ones((6, 6, 1), np.uint8))

    found = located(large, map_at(40 / 90, 55 / 120), max_side_pixels=120)

    assert found.mask.shape == (540, 720)
    assert overlap(found.mask, np.kron(is_object, np.ones((6, 6), bool))) > 0.93


def test_a_second_object_of_the_same_colour_is_left_out():
    pixels, is_object = scene()
    pixels[70:85, 95:115] = RED

    found = located(pixels, map_at(40 / 90, 55 / 120))

    assert not found.mask[70:85, 95:115].any()
    assert overlap(found.mask, is_object) > 0.95


def test_the_same_image_and_map_give_the_same_mask_every_time():
    random = np.random.default_rng(1)
    pixels = random.integers(0, 256, (50, 60, 3), dtype=np.uint8)
    raw_map = random.random((7, 7), np.float32)
    first = located(pixels, raw_map)

    random.random(5)
    cv2.setRNGSeed(99)

    np.testing.assert_array_equal(located(pixels, raw_map).mask, first.mask)


@pytest.mark.parametrize("value", [0.0, 3.0])
def test_a_map_that_points_nowhere_is_refused_with_the_reason(value):
    pixels, _ = scene()

    with pytest.raises(NothingToLocalizeError, match="the map is the same everywhere"):
        located(pixels, np.full((7, 7), value, np.float32))


def test_an_image_of_one_colour_is_refused_with_the_reason():
    with pytest.raises(NothingToLocalizeError, match="one colour"):
        located(np.full((30, 40, 3), 77, np.uint8), map_at(0.5, 0.5))


def test_a_single_pixel_is_refused_with_the_reason():
    with pytest.raises(NothingToLocalizeError):
        located(np.zeros((1, 1, 3), np.uint8), map_at(0.5, 0.5))


@pytest.mark.parametrize("shapes", [((0, 4, 3), (7, 7)), ((4, 4, 3), (0, 7))])
def test_an_image_or_a_map_without_pixels_is_refused(shapes):
    with pytest.raises(ShapeError):
        located(np.zeros(shapes[0], np.uint8), np.zeros(shapes[1], np.float32))


def test_a_fault_inside_the_cut_becomes_a_refusal(monkeypatch):
    def failing(*arguments):
        raise cv2.error("fault")

    monkeypatch.setattr("core.localize.graphcut.cv2.grabCut", failing)

    with pytest.raises(NothingToLocalizeError, match="the cut failed"):
        located(scene()[0], map_at(0.5, 0.5))


@settings(max_examples=40, deadline=None)
@given(
    pixels=arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3))),
    raw_map=arrays(np.float32, (3, 3), elements=st.floats(-1, 1, width=32)),
)
def test_whatever_is_given_an_object_or_a_reason_comes_back(pixels, raw_map):
    try:
        found = located(pixels, raw_map)
    except CoreError:
        return

    rows, columns = np.nonzero(found.mask)
    assert found.mask.shape == pixels.shape[:2]
    assert found.box == Box(
        x=int(columns.min()),
        y=int(rows.min()),
        width=int(np.ptp(columns)) + 1,
        height=int(np.ptp(rows)) + 1,
    )


def test_in_the_picture_the_object_keeps_its_colours_and_the_rest_is_dark():
    pixels, _ = scene()
    found = located(pixels, map_at(40 / 90, 55 / 120))

    picture = localization_picture(pixels, found)

    np.testing.assert_array_equal(picture[30:50, 40:70], pixels[30:50, 40:70])
    assert picture[80:].mean() < 0.5 * pixels[80:].mean()
    assert tuple(picture[found.box.y, found.box.x + 20]) == (255, 220, 0)
