"""Images that show nothing show nothing, each for its own image."""

import numpy as np
import pytest

from core.explain.baselines import baseline_pixels

PIXELS = np.random.default_rng(3).integers(0, 256, (2, 8, 6, 3), dtype=np.uint8)


@pytest.mark.parametrize(("kind", "value"), [("black", 0), ("white", 255), ("grey", 128)])
def test_a_colour_is_the_same_at_every_pixel(kind, value):
    assert (baseline_pixels(PIXELS, kind=kind) == value).all()


def test_the_mean_is_that_of_each_image_alone():
    baseline = baseline_pixels(PIXELS, kind="mean")

    expected = np.round(PIXELS.astype(float).mean(axis=(1, 2)))
    np.testing.assert_array_equal(baseline[:, 0, 0], expected)
    assert (baseline == baseline[:, :1, :1]).all()


def test_a_blurred_image_keeps_its_brightness_and_loses_its_detail():
    blurred = baseline_pixels(PIXELS, kind="blurred")

    for image, soft in zip(PIXELS, blurred, strict=True):
        assert abs(soft.mean() - image.mean()) < 20
        assert (
            np.abs(np.diff(soft.astype(float), axis=0)).mean()
            < 0.2 * np.abs(np.diff(image.astype(float), axis=0)).mean()
        )


@pytest.mark.parametrize("kind", ["black", "white", "grey", "mean", "blurred"])
def test_the_image_itself_is_left_as_it_is(kind):
    before = PIXELS.copy()

    baseline = baseline_pixels(PIXELS, kind=kind)

    assert baseline.shape == PIXELS.shape
    assert baseline.dtype == np.uint8
    np.testing.assert_array_equal(PIXELS, before)
