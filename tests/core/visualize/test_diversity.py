"""The likeness of facets against a second implementation, within each group alone."""

import numpy as np
import tensorflow as tf

from core.visualize.diversity import likeness
from tests.core.visualize.differences import gradient_by_differences, gradient_of

FACETS = 3


def random_activations():
    return np.random.default_rng(0).standard_normal((2 * FACETS, 2, 3, 4)).astype(np.float32)


def style(activations):
    flat = activations.reshape(-1, activations.shape[-1])
    gram = flat.T @ flat
    return gram / np.linalg.norm(gram)


def test_likeness_is_the_sum_of_the_cosines_with_the_other_facets():
    activations = random_activations()

    found = likeness(tf.constant(activations), facets=FACETS)

    styles = [style(picture) for picture in activations]
    expected = [
        sum(
            np.sum(styles[place] * styles[other])
            for other in range(group * FACETS, (group + 1) * FACETS)
            if other != place
        )
        for group in range(2)
        for place in range(group * FACETS, (group + 1) * FACETS)
    ]
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_likeness_has_the_gradient_of_small_differences():
    def total(free):
        return tf.reduce_sum(likeness(free, facets=FACETS))

    activations = random_activations()
    np.testing.assert_allclose(
        gradient_of(total, activations), gradient_by_differences(total, activations), atol=3e-3
    )


def test_the_pictures_of_another_objective_have_no_say():
    def first_group(free):
        return tf.reduce_sum(likeness(free, facets=FACETS)[:FACETS])

    leaked = gradient_of(first_group, random_activations())[FACETS:]

    np.testing.assert_array_equal(leaked, np.zeros_like(leaked))


def test_pictures_of_one_style_are_as_alike_as_can_be():
    one = random_activations()[:1]

    same = np.repeat(one, FACETS, axis=0)

    np.testing.assert_allclose(likeness(tf.constant(same), facets=FACETS), 2.0, rtol=1e-5)
