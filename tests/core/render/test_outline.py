"""Lines lie on the border of a region, as wide as was asked for."""

import cv2
import numpy as np
import pytest

from core.render.outline import outlined

GREY = np.full((60, 80, 3), 90, np.uint8)


def lower_half():
    region = np.zeros((60, 80), np.uint8)
    region[30:] = 1
    return region


@pytest.mark.parametrize("width", [1, 2, 5])
def test_a_line_is_as_wide_as_was_asked_for(width):
    on_black = outlined(0 * GREY, lower_half(), width_pixels=width)[10:50, 40, 0]
    on_white = outlined(0 * GREY + 255, lower_half(), width_pixels=width)[10:50, 40, 0]

    # Parts of pixels count.
    assert on_black.sum() / 255 == pytest.approx(width + 1, abs=0.02)
    assert (255 - on_white).sum() / 255 == pytest.approx(2 * width + 1, abs=0.04)


def test_the_middle_of_the_line_is_the_outermost_row_inside():
    across = outlined(GREY, lower_half(), width_pixels=2)[:, 40, 0].astype(int)

    np.testing.assert_array_equal(across[26:30], across[31:35][::-1])
    assert across[30] == 255


def test_a_line_looks_like_a_stroke_along_the_border():
    region = cv2.circle(np.zeros((200, 200), np.uint8), (100, 90), 60, 1, cv2.FILLED)
    paper = np.full((200, 200, 3), 128, np.uint8)

    drawn = outlined(paper, region, width_pixels=2)

    stroked = paper.copy()
    border, _ = cv2.findContours(region, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(stroked, border, -1, (0, 0, 0), 6, cv2.LINE_AA)
    cv2.drawContours(stroked, border, -1, (255, 255, 255), 2, cv2.LINE_AA)
    # Antialiased in another way: single pixels at the edges differ, the lines do not.
    differences = np.abs(cv2.blur(drawn, (5, 5)).astype(int) - cv2.blur(stroked, (5, 5)))
    assert differences.max() < 64


def test_a_single_pixel_gets_a_round_spot():
    region = np.zeros((60, 80), np.uint8)
    region[30, 40] = 1

    drawn = outlined(GREY, region, width_pixels=3)

    assert (drawn[30, 40] == 255).all()
    np.testing.assert_array_equal(drawn[20:41, 30:51], drawn[20:41, 30:51].transpose(1, 0, 2))


@pytest.mark.parametrize("size", [(60, 80), (1, 1), (1, 7)])
def test_nothing_is_drawn_around_nothing(size):
    pixels = np.full((*size, 3), 77, np.uint8)

    np.testing.assert_array_equal(
        outlined(pixels, np.zeros(size, np.uint8), width_pixels=4), pixels
    )


def test_a_region_that_is_the_whole_image_is_outlined_at_the_border_of_the_image():
    drawn = outlined(GREY, np.ones((60, 80), np.uint8), width_pixels=1)

    assert (drawn[0] == 255).all()
    assert (drawn[:, -1] == 255).all()
    np.testing.assert_array_equal(drawn[4:-4, 4:-4], GREY[4:-4, 4:-4])
