"""The pictures show the map where it is, in the colours asked for."""

import numpy as np
import pytest

from core.errors import ShapeError
from core.render.colormaps import colour_table
from core.render.pictures import contour_picture, heatmap_picture, overlay_picture

HEIGHT, WIDTH = 40, 60
IMAGE = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)


def planted(value=1.0):
    """A map that marks rows 10 to 19 and columns 30 to 49."""
    map01 = np.zeros((HEIGHT, WIDTH), np.float32)
    map01[10:20, 30:50] = value
    return map01


def test_a_heatmap_is_black_at_zero_and_white_at_one():
    ramp = np.linspace(0, 1, 256, dtype=np.float32).reshape(16, 16)

    np.testing.assert_array_equal(heatmap_picture(ramp).ravel(), np.arange(256))


def test_a_signed_heatmap_has_its_zero_in_the_middle():
    grey = heatmap_picture(np.array([[-1, -0.5, 0, 0.5, 1]], np.float32))

    np.testing.assert_allclose(grey, [[1, 64, 128, 192, 255]], atol=1)


def test_an_overlay_without_opacity_is_the_image():
    picture = overlay_picture(IMAGE, planted(), colormap="jet", opacity=0.0)

    np.testing.assert_array_equal(picture, IMAGE)


def test_an_opaque_overlay_is_the_colour_of_each_value():
    ramp = np.linspace(0, 1, HEIGHT * WIDTH, dtype=np.float32).reshape(HEIGHT, WIDTH)

    picture = overlay_picture(IMAGE, ramp, colormap="viridis", opacity=1.0)

    expected = colour_table("viridis")[np.rint(ramp * 255).astype(int)]
    np.testing.assert_array_equal(picture, expected)


def test_a_half_opaque_overlay_is_the_mean_of_image_and_colour():
    picture = overlay_picture(IMAGE, planted(), colormap="jet", opacity=0.5)

    colour = np.where(
        planted()[..., None] > 0, colour_table("jet")[255], colour_table("jet")[0]
    )
    np.testing.assert_allclose(picture, (IMAGE / 2 + colour / 2), atol=1)


@pytest.mark.parametrize("colormap", ["coolwarm", "jet"])
def test_a_signed_map_shows_the_image_in_light_grey_at_zero(colormap):
    signed = planted() - planted()[:, ::-1]

    picture = overlay_picture(IMAGE, signed, colormap=colormap, opacity=1.0)

    table = colour_table(colormap)
    luma = IMAGE[0, 0] @ [0.299, 0.587, 0.114]
    np.testing.assert_allclose(picture[0, 0], (255 + luma) / 2, atol=1)
    np.testing.assert_array_equal(picture[15, 40], table[255])
    np.testing.assert_array_equal(picture[15, 20], table[1])


@pytest.mark.parametrize("opacity", [0.3, 0.5, 1.0])
def test_a_signed_map_fades_with_the_root_of_its_strength(opacity):
    ramp = np.linspace(-1, 1, HEIGHT * WIDTH, dtype=np.float32).reshape(HEIGHT, WIDTH)

    picture = overlay_picture(IMAGE, ramp, colormap="RdBu_r", opacity=opacity)

    strength = np.sqrt(np.abs(ramp) * opacity)[..., None]
    luma = IMAGE @ np.array([0.299, 0.587, 0.114])
    colours = colour_table("RdBu_r")[np.rint(128 + 127 * ramp).astype(int)]
    expected = strength * colours + (1 - strength) * (255 + luma[..., None]) / 2
    np.testing.assert_allclose(picture, expected, atol=2)


def test_diverging_colours_mean_the_same_where_no_value_is_negative():
    picture = overlay_picture(IMAGE, planted(), colormap="coolwarm", opacity=1.0)

    assert len(set(picture[0, 0].tolist())) == 1
    np.testing.assert_array_equal(picture[15, 40], colour_table("coolwarm")[255])


def test_a_contour_runs_along_the_edge_of_what_is_marked():
    picture = contour_picture(IMAGE, planted(), threshold=0.5)

    is_drawn = (picture != IMAGE).any(axis=-1)
    assert is_drawn[10, 30:50].all()
    assert is_drawn[10:20, 30].all()
    assert not is_drawn[14:16, 35:45].any()
    assert not is_drawn[:, :26].any()
    assert (picture[10, 35:45] > 200).all()


def test_a_contour_goes_around_the_inside_of_a_hole_too():
    ring = planted()
    ring[13:17, 36:44] = 0

    picture = contour_picture(IMAGE, ring, threshold=0.5)

    assert (picture[12, 37:43] > 150).all()


@pytest.mark.parametrize("value", [0.0, -1.0], ids=["zero", "negative"])
def test_nothing_is_drawn_around_a_map_that_marks_nothing(value):
    picture = contour_picture(IMAGE, planted(value), threshold=0.5)

    np.testing.assert_array_equal(picture, IMAGE)


def test_the_image_itself_is_never_drawn_into():
    before = IMAGE.copy()

    contour_picture(IMAGE, planted(), threshold=0.5)
    overlay_picture(IMAGE, planted(), colormap="jet", opacity=0.7)

    np.testing.assert_array_equal(IMAGE, before)


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (1, 40)])
def test_tiny_images_have_pictures_too(size):
    tiny, map01 = np.zeros((*size, 3), np.uint8), np.ones(size, np.float32)

    assert heatmap_picture(map01).shape == size
    assert overlay_picture(tiny, map01, colormap="hot", opacity=0.5).shape == (*size, 3)
    assert contour_picture(tiny, map01, threshold=0.5).shape == (*size, 3)


def test_a_map_of_another_size_than_the_image_is_refused():
    with pytest.raises(ShapeError, match=r"map has shape \[7, 7\]; \[40, 60\] was expected"):
        overlay_picture(IMAGE, np.zeros((7, 7), np.float32), colormap="jet", opacity=0.5)
    with pytest.raises(ShapeError):
        contour_picture(IMAGE, np.zeros((7, 7), np.float32), threshold=0.5)
