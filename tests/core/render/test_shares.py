"""Shares of pictures are what arithmetic says, rounded."""

import numpy as np

from core.render.shares import as_rgb, part_of

EVERY_VALUE, EVERY_SHARE = np.meshgrid(
    np.arange(256, dtype=np.uint8), np.arange(256, dtype=np.uint8)
)


def test_a_share_of_a_grey_picture_is_the_rounded_product():
    exact = EVERY_VALUE.astype(float) * EVERY_SHARE / 255

    assert np.abs(part_of(EVERY_VALUE, EVERY_SHARE) - exact).max() <= 0.5


def test_a_share_weakens_all_colours_alike():
    colours = np.stack([EVERY_VALUE, 255 - EVERY_VALUE, EVERY_VALUE // 2], axis=-1)

    weakened = part_of(colours, EVERY_SHARE)

    for channel in range(3):
        alone = np.ascontiguousarray(colours[..., channel])
        np.testing.assert_array_equal(weakened[..., channel], part_of(alone, EVERY_SHARE))


def test_the_whole_of_a_picture_is_the_picture_itself():
    np.testing.assert_array_equal(part_of(EVERY_VALUE, EVERY_SHARE)[255], EVERY_VALUE[255])


def test_grey_is_the_same_in_all_channels():
    np.testing.assert_array_equal(as_rgb(EVERY_SHARE), np.stack([EVERY_SHARE] * 3, axis=-1))
