"""Guided Grad-CAM against the product of its two factors."""

import numpy as np

from core.explain.gradcam import gradcam
from core.explain.guided_backpropagation import guided_backpropagation
from core.explain.guided_gradcam import guided_gradcam
from tests.core.explain.toy_network import (
    HEIGHT,
    LAYER_HEIGHT,
    LAYER_WIDTH,
    WIDTH,
    Question,
    random_images,
)


def enlarge(positions, length):
    """Write linear interpolation from pixel centres to pixel centres as a matrix."""
    places = (np.arange(length) + 0.5) * positions / length - 0.5
    distances = np.abs(np.clip(places, 0, positions - 1)[:, None] - np.arange(positions))
    return np.maximum(1 - distances, 0)


def test_the_map_is_the_enlarged_gradcam_times_guided_backpropagation():
    question, images = Question(1, versus=3), random_images(2)

    explained = guided_gradcam(question.layer_score, images)

    coarse = gradcam(question.layer_score, images).numpy()
    enlarged = enlarge(LAYER_HEIGHT, HEIGHT) @ coarse @ enlarge(LAYER_WIDTH, WIDTH).T
    detail = guided_backpropagation(question.score, images)
    np.testing.assert_allclose(explained, enlarged * detail, rtol=1e-3, atol=1e-8)


def test_the_coarse_map_is_made_of_plain_gradients():
    question, images = Question(), random_images(1)

    explained = guided_gradcam(question.layer_score, images)

    # Guided, all of the last layer's gradients would be positive, and so would be its map.
    assert explained.numpy().min() < 0.0
