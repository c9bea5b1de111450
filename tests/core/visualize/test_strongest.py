"""Which images a channel answers to most, held against sorting all of them at once."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LayerNotFoundError, LayerNotSpatialError
from core.visualize.peaks import peak_finder
from core.visualize.strongest import (
    NOBODY,
    merged,
    pack_strongest,
    strongest_of,
    unpack_strongest,
)
from tests.workers.planted_network import CELL, RED, SIDE, planted_model, planted_pixels


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return planted_model(tmp_path_factory.mktemp("models"))


@st.composite
def looked_at(draw):
    """Draw values [N, D] with many ties and zeros, and how they are divided into parts."""
    images = draw(st.integers(0, 12))
    channels = draw(st.integers(1, 3))
    levels = st.sampled_from([-1.5, 0.0, 0.5, 1.0, 2.0])
    rows = st.lists(levels, min_size=channels, max_size=channels)
    values = draw(st.lists(rows, min_size=images, max_size=images))
    order = draw(st.permutations(range(images)))
    cut = draw(st.integers(0, images))
    count = draw(st.integers(1, 5))
    return np.array(values, np.float32).reshape(images, channels), order, cut, count


@given(looked_at())
def test_parts_in_any_order_come_to_what_sorting_everything_gives(case):
    values, order, cut, count = case
    places = np.arange(values.size).reshape(values.shape)
    parts = [
        strongest_of(values[some], np.array(some, np.int64), places[some], count=count)
        for some in (list(order[:cut]), list(order[cut:]))
    ]

    found = merged(parts, count=count)

    for channel in range(values.shape[1]):
        wanted = sorted(
            (-value, image)
            for image, value in enumerate(values[:, channel].tolist())
            if value != 0
        )[:count]
        images = found.images[channel]
        assert images[images != NOBODY].tolist() == [image for _, image in wanted]
        kept = len(wanted)
        assert (-found.values[channel, :kept]).tolist() == [value for value, _ in wanted]
        assert found.places[channel, :kept].tolist() == [
            places[image, channel] for _, image in wanted
        ]
        assert (images[kept:] == NOBODY).all()


def test_what_is_not_finite_is_not_among_the_strongest():
    values = np.array([[np.nan], [np.inf], [1.0]], np.float32)

    found = strongest_of(values, np.arange(3), np.zeros((3, 1), np.int64), count=3)

    assert found.images.tolist() == [[2, NOBODY, NOBODY]]


def test_what_was_written_is_read_again_as_it_was():
    values = np.array([[1.0, -2.0], [3.0, 0.0]], np.float32)
    found = strongest_of(values, np.array([4, 7]), np.array([[1, 2], [3, 4]]), count=3)

    again = unpack_strongest(pack_strongest(found))

    for name, array in vars(found).items():
        np.testing.assert_array_equal(getattr(again, name), array)


def test_a_channel_peaks_where_what_it_looks_for_was_planted(model):
    shifted = np.roll(planted_pixels(), (-CELL, CELL), axis=(0, 1))
    pixels = np.stack([planted_pixels(), shifted])

    values, places = peak_finder(model.classifier, layer="maps")(tf.constant(pixels))

    maps = model.passes.activations("maps")(
        model.classifier.preprocess(tf.constant(pixels))
    ).numpy()
    np.testing.assert_allclose(values.numpy(), maps.max(axis=(1, 2)), rtol=1e-6)
    rows, columns = np.divmod(places.numpy()[:, RED], SIDE // CELL)
    assert rows[0] in (1, 2)
    assert rows[1] in (0, 1)
    assert columns[0] in (3, 4)
    assert columns[1] in (4, 5)


def test_a_layer_without_maps_has_no_peaks(model):
    with pytest.raises(LayerNotSpatialError):
        peak_finder(model.classifier, layer="scores")
    with pytest.raises(LayerNotFoundError):
        peak_finder(model.classifier, layer="absent")
