"""Picking the evidence for a class, against it, or both."""

import numpy as np
import pytest

from core.render.polarity import keep_polarity

SIGNED = np.array([[-2, -0.5], [0, 3]], np.float32)


@pytest.mark.parametrize(
    ("polarity", "kept"),
    [
        ("positive", [[0, 0], [0, 3]]),
        ("negative", [[2, 0.5], [0, 0]]),
        ("both", [[-2, -0.5], [0, 3]]),
    ],
    ids=["positive", "negative", "both"],
)
def test_each_polarity_keeps_its_own_side_of_the_map(polarity, kept):
    np.testing.assert_array_equal(keep_polarity(SIGNED, polarity=polarity), kept)


def test_the_two_polarities_add_up_to_the_signed_map():
    positive = keep_polarity(SIGNED, polarity="positive")
    negative = keep_polarity(SIGNED, polarity="negative")

    np.testing.assert_array_equal(positive - negative, SIGNED)


@pytest.mark.parametrize("polarity", ["positive", "negative", "both"])
def test_the_map_that_was_given_is_left_as_it_was(polarity):
    given = SIGNED.copy()

    keep_polarity(given, polarity=polarity)

    np.testing.assert_array_equal(given, SIGNED)
