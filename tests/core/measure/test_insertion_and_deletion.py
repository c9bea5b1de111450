"""With a score that looks at a planted region, both areas are known by algebra."""

import numpy as np
import pytest
import tensorflow as tf

from core.errors import ShapeError
from core.measure.deletion import deletion
from core.measure.insertion import insertion
from core.measure.random_maps import random_maps
from core.progress import untracked
from tests.core.measure.planted import (
    BLACK,
    HEIGHT,
    SHARE,
    TRUE_MAPS,
    WHITE,
    WIDTH,
    region_brightness,
    some_images,
    some_maps,
)

KNOBS = {"baseline": BLACK, "steps": 20, "seed": 0, "chunk": 6, "track": untracked}


def test_inserting_the_right_region_first_gives_the_score_back_at_once():
    curve = insertion(region_brightness, WHITE, TRUE_MAPS, **KNOBS)

    # The score rises evenly while the region comes in, and stays at 1.
    expected = np.minimum(np.linspace(0, 1, 21) / SHARE, 1)
    np.testing.assert_allclose(curve.scores[:, 0], expected, atol=1e-6)
    np.testing.assert_allclose(curve.area, [1 - SHARE / 2] * 2, atol=1e-6)


def test_deleting_the_right_region_first_takes_the_score_away_at_once():
    curve = deletion(region_brightness, WHITE, TRUE_MAPS, **KNOBS)

    expected = np.maximum(1 - np.linspace(0, 1, 21) / SHARE, 0)
    np.testing.assert_allclose(curve.scores[:, 0], expected, atol=1e-6)
    np.testing.assert_allclose(curve.area, [SHARE / 2] * 2, atol=1e-6)


def test_the_opposite_map_is_as_bad_as_a_map_can_be():
    inserted = insertion(region_brightness, WHITE, -TRUE_MAPS, **KNOBS)
    deleted = deletion(region_brightness, WHITE, -TRUE_MAPS, **KNOBS)

    np.testing.assert_allclose(inserted.area, [SHARE / 2] * 2, atol=1e-6)
    np.testing.assert_allclose(deleted.area, [1 - SHARE / 2] * 2, atol=1e-6)


def test_random_maps_end_halfway_between_the_best_and_the_worst():
    areas = [
        insertion(
            region_brightness, WHITE, random_maps(WHITE, cells=5, seed=seed), **KNOBS
        ).area[0]
        for seed in range(30)
    ]

    assert abs(np.mean(areas) - 0.5) < 0.08


def test_random_maps_are_the_same_for_every_image_and_seed():
    maps = random_maps(some_images(3), cells=7, seed=4)

    assert maps.shape == (3, HEIGHT, WIDTH)
    np.testing.assert_array_equal(maps[0], maps[2])
    np.testing.assert_array_equal(maps, random_maps(some_images(3), cells=7, seed=4))
    assert np.abs(maps - random_maps(some_images(3), cells=7, seed=5)).max() > 0.1


def replaced_one_by_one(score, image, values, baseline, steps, is_insertion):
    """The scores of every step, with one pixel put in after the other by hand."""
    order = np.argsort(-values.ravel())
    start, end = (baseline, image) if is_insertion else (image, baseline)
    current, scores, done = start.copy(), [], 0
    for step in range(steps + 1):
        for place in order[done : round(len(order) * step / steps)]:
            row, column = divmod(int(place), WIDTH)
            current[row, column] = end[row, column]
        done = round(len(order) * step / steps)
        scores.append(score(current[np.newaxis])[0])
    return np.array(scores)


@pytest.mark.parametrize("steps", [1, 7, 200])
@pytest.mark.parametrize("measure", [insertion, deletion])
def test_both_are_what_replacing_pixel_by_pixel_gives(measure, steps):
    images, maps, baseline = some_images(), some_maps(), some_images(seed=9)
    weights = np.random.default_rng(2).normal(0, 1, (HEIGHT, WIDTH, 3)).astype(np.float32)

    def score(batch):
        return tf.sigmoid(tf.reduce_sum(batch * weights, axis=(1, 2, 3)) / 10)

    curve = measure(
        score, images, maps, baseline=baseline, steps=steps, seed=0, chunk=16, track=untracked
    )

    for place in range(2):
        expected = replaced_one_by_one(
            score,
            images[place].numpy(),
            maps[place].numpy(),
            baseline[place].numpy(),
            steps,
            measure is insertion,
        )
        np.testing.assert_allclose(curve.scores[:, place], expected, atol=1e-5)
        area = np.trapezoid(expected, dx=1 / steps)
        np.testing.assert_allclose(curve.area[place], area, atol=1e-5)


@pytest.mark.parametrize("measure", [insertion, deletion])
@pytest.mark.parametrize("chunk", [1, 4, 100])
def test_the_size_of_the_passes_changes_nothing(measure, chunk):
    knobs = {**KNOBS, "chunk": chunk}
    whole = measure(region_brightness, some_images(), some_maps(), **KNOBS)

    divided = measure(region_brightness, some_images(), some_maps(), **knobs)

    np.testing.assert_allclose(divided.scores, whole.scores, atol=1e-6)


@pytest.mark.parametrize("measure", [insertion, deletion])
def test_an_image_is_measured_alike_alone_and_in_company(measure):
    images, maps = some_images(), tf.round(some_maps())
    together = measure(region_brightness, images, maps, **KNOBS)

    alone = measure(region_brightness, images[1:], maps[1:], **{**KNOBS, "baseline": BLACK[1:]})

    np.testing.assert_allclose(alone.scores[:, 0], together.scores[:, 1], atol=1e-6)


@pytest.mark.parametrize("measure", [insertion, deletion])
def test_every_pass_is_reported_and_all_are_of_one_size(measure):
    passes, sizes = [], set()

    def track(steps):
        for step in steps:
            passes.append(step)
            yield step

    def score(images):
        sizes.add(images.shape[0])
        return region_brightness(images)

    measure(score, WHITE, TRUE_MAPS, **{**KNOBS, "track": track})

    assert len(passes) == 4
    assert sizes == {6 * 2}


@pytest.mark.parametrize("measure", [insertion, deletion])
def test_maps_of_another_size_than_the_images_are_refused(measure):
    with pytest.raises(ShapeError, match="maps"):
        measure(region_brightness, WHITE, tf.zeros((2, 7, 7)), **KNOBS)
