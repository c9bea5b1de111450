"""The blur by matrix products against SciPy's."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from core.explain.gaussian_blur import gaussian_blurs
from tests.core.explain.toy_network import random_images

IMAGES = random_images(2)


@pytest.mark.parametrize("sigma", [0.01, 0.5, 1.3, 4.0, 50.0])
def test_the_blur_is_that_of_scipy_with_zeros_around(sigma):
    (blurred,) = gaussian_blurs(IMAGES, np.array([sigma]))

    expected = gaussian_filter(IMAGES.numpy(), (0, sigma, sigma, 0), mode="constant")
    np.testing.assert_allclose(blurred, expected, rtol=1e-4, atol=1e-6)


def test_a_blur_of_no_width_leaves_the_images_as_they_are():
    (blurred,) = gaussian_blurs(IMAGES, np.array([0.0]))

    np.testing.assert_array_equal(blurred, IMAGES)
