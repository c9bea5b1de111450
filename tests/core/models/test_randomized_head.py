"""Other last weights, for a while: only theirs, drawn like the trained ones, and taken back."""

from dataclasses import replace

import numpy as np
import pytest
import tensorflow as tf

from core.models.randomized_head import last_weighted_layer, randomized_head, redrawn


def weights_of(classifier):
    return [weight.numpy() for weight in classifier.network.weights]


def same(first, second):
    return [np.array_equal(one, other) for one, other in zip(first, second, strict=True)]


@pytest.fixture
def classifier(loaded):
    return loaded("functional")


def test_only_the_last_layer_is_drawn_anew_and_then_as_it_was(classifier):
    before = weights_of(classifier)
    head = randomized_head(classifier, seed=0)

    with head.in_place():
        during = weights_of(classifier)

    changed = [not is_same for is_same in same(before, during)]
    last = {id(variable) for variable in last_weighted_layer(classifier).weights}
    assert changed == [id(weight) in last for weight in classifier.network.weights]
    assert any(changed)
    assert all(same(before, weights_of(classifier)))


@pytest.mark.parametrize(
    ("form", "head"),
    [
        ("functional", "dense"),
        ("softmax layer", "dense"),
        ("sequential", "dense"),
        ("subclassed", "head"),
        ("several outputs", "dense"),
        ("pointwise head", "logits"),
        ("one sigmoid", "dense"),
        ("bare logits", "dense"),
    ],
)
def test_the_last_layer_is_the_one_that_scores_the_classes(form, head, loaded):
    classifier = loaded(form)

    assert last_weighted_layer(classifier) is classifier.layer(head)


def test_a_network_that_shows_no_weights_has_no_other_head(classifier):
    assert randomized_head(replace(classifier, layers={}), seed=0) is None


def test_drawn_weights_have_the_mean_and_the_spread_of_the_trained_ones():
    trained = tf.constant(np.random.default_rng(0).normal(3.0, 2.0, 10_000), tf.float32)
    drawn = redrawn(trained, seed=(0, 0)).numpy()

    assert drawn.mean() == pytest.approx(3.0, abs=0.1)
    assert drawn.std() == pytest.approx(2.0, abs=0.1)
    assert abs(np.corrcoef(trained, drawn)[0, 1]) < 0.1


def test_weights_are_taken_back_when_something_fails(classifier):
    before = weights_of(classifier)

    with pytest.raises(ZeroDivisionError), randomized_head(classifier, seed=0).in_place():
        _ = 1 / 0

    assert all(same(before, weights_of(classifier)))


def test_compiled_functions_see_the_drawn_weights(classifier):
    compiled = tf.function(classifier.logits)
    images = tf.ones((1, *classifier.network.input_shape[1:]))
    before = compiled(images)

    with randomized_head(classifier, seed=0).in_place():
        during = compiled(images)

    assert np.abs(during - before).max() > 1e-3
    np.testing.assert_array_equal(compiled(images), before)


def test_the_seed_decides_which_weights_are_drawn(classifier):
    first, again, other = (randomized_head(classifier, seed=seed) for seed in (1, 1, 2))

    assert all(same(first.drawn, again.drawn))
    assert not any(same(first.drawn, other.drawn))


def test_the_callers_track_sees_the_trained_weights_only(classifier):
    before, seen = weights_of(classifier), []

    def track(steps):
        seen.append(weights_of(classifier))
        for step in steps:
            seen.append(weights_of(classifier))
            yield step

    head = randomized_head(classifier, seed=0)
    with head.in_place():
        steps = []
        for step in head.tracked(track)([1, 2, 3]):
            steps.append(step)
            assert not all(same(before, weights_of(classifier)))

    assert steps == [1, 2, 3]
    assert len(seen) == 4
    assert all(all(same(before, weights)) for weights in seen)


def test_weights_are_taken_back_when_the_callers_track_stops(classifier):
    before = weights_of(classifier)

    def track(steps):
        yield steps[0]
        raise TimeoutError

    head = randomized_head(classifier, seed=0)
    with pytest.raises(TimeoutError), head.in_place():
        list(head.tracked(track)([1, 2]))

    assert all(same(before, weights_of(classifier)))
