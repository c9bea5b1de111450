"""The ascent of a batch: it rises, goes on exactly, and no picture depends on its company."""

import gc
import weakref
from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.taps import tapped
from core.visualize.adam import AdamState
from core.visualize.ascent import Ascent, Draw, pictures_of
from core.visualize.ascent_file import StoredAscent, ascent_from_bytes, ascent_to_bytes
from core.visualize.ascent_step import AscentStep
from core.visualize.fourier import fourier
from core.visualize.maco import maco
from core.visualize.objectives import EVERYWHERE, Aim, Target
from core.visualize.pixel import pixel
from core.visualize.placements import Wobble

SIDE, CHANNELS, LAYER = 24, 6, "last"
WOBBLE = Wobble(views=1, jitter_pixels=(4, 2), scales=(0.9, 1.1), angles_degrees=(-5.0, 5.0))
PLAIN = Ascent(
    parametrization=fourier(SIDE, SIDE, 3, deviation=0.01, decay=1.0),
    decorrelate=True,
    wobble=WOBBLE,
    surroundings=0.5,
    noise=0.0,
    aims=(Aim("direction", LAYER),),
    priors={},
    diversity=0.0,
    style_layer=LAYER,
    facets=1,
)
CHARGED = {"total_variation": 0.5, "l1": 0.1, "l2": 0.1, "blur": 1.0, "frequency_penalty": 0.1}
VARIANTS = {
    "fourier": PLAIN,
    "pixel": replace(PLAIN, parametrization=pixel(SIDE, SIDE, 3, deviation=0.01)),
    "maco": replace(
        PLAIN,
        parametrization=maco(SIDE, SIDE, 3, decorrelate=True),
        wobble=Wobble(views=3, crop=(0.4, 1.0)),
        noise=0.05,
    ),
    "alpha": replace(PLAIN, parametrization=fourier(SIDE, SIDE, 4, deviation=0.01, decay=1.0)),
    "priors": replace(PLAIN, priors=CHARGED),
    "mirrored": replace(PLAIN, surroundings=None),
    "energy": replace(PLAIN, aims=(Aim("energy", LAYER),)),
}


def build_network():
    network = keras.Sequential(
        [
            keras.Input((SIDE, SIDE, 3)),
            keras.layers.Conv2D(5, 3, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(CHANNELS, 3, padding="same", activation="relu", name=LAYER),
        ]
    )
    numbers = np.random.default_rng(7)
    network.set_weights(
        [
            numbers.normal(0.0, 0.3 * (weight.ndim > 1), weight.shape)
            for weight in network.weights
        ]
    )
    return network


NETWORK = build_network()


def activate(pictures):
    seen = []
    with tapped(NETWORK.get_layer(LAYER), lambda output: seen.append(output) or output):
        NETWORK(pictures - 0.5)
    return {LAYER: seen[-1]}


def target(channels):
    return Target(
        tf.ones(len(channels)),
        tf.one_hot(channels, CHANNELS),
        tf.fill((len(channels), 2), EVERYWHERE),
    )


def begun(ascent, count):
    noise = ascent.parametrization.initial(np.random.default_rng(0))
    values = tf.constant(np.stack([noise] * count))
    return AdamState(values, tf.zeros_like(values), tf.zeros_like(values))


class Run:
    """A compiled step of one ascent."""

    def __init__(self, ascent, *, redirected_steps=16):
        self.redirected_steps = redirected_steps
        self.compiled = AscentStep(ascent, activate)

    def step(self, state, targets, number, *, seed=0):
        return self.compiled(
            state,
            targets,
            draw=Draw(tf.constant(number), tf.constant(seed)),
            learning_rate=tf.constant(0.05),
            redirected=number < self.redirected_steps,
        )

    def go(self, state, channels, steps, *, seed=0):
        scores = []
        for number in steps:
            state, score = self.step(state, [target(channels)], number, seed=seed)
            scores.append(score.numpy())
        return state, np.array(scores)


@pytest.fixture(scope="module")
def runs():
    return {name: Run(ascent) for name, ascent in VARIANTS.items()}


@pytest.mark.parametrize("name", VARIANTS)
def test_what_is_sought_rises_in_every_variant(name, runs):
    _, scores = runs[name].go(begun(VARIANTS[name], 2), [1, 4], range(40))

    assert np.all(np.isfinite(scores))
    assert np.all(scores[-5:].mean(axis=0) > scores[:5].mean(axis=0) + 0.01)


@pytest.mark.parametrize("name", VARIANTS)
def test_an_interrupted_ascent_goes_on_exactly_as_if_it_had_not_been(name, runs):
    ascent = VARIANTS[name]
    straight, scores = runs[name].go(begun(ascent, 2), [1, 4], range(8))

    halfway, first = runs[name].go(begun(ascent, 2), [1, 4], range(5))
    restored = ascent_from_bytes(ascent_to_bytes(StoredAscent(halfway, first)))
    resumed, rest = runs[name].go(restored.state, [1, 4], range(5, 8))

    for straight_part, resumed_part in zip(straight, resumed, strict=True):
        np.testing.assert_array_equal(straight_part, resumed_part)
    np.testing.assert_array_equal(np.concatenate([restored.scores, rest]), scores)


@pytest.mark.parametrize("name", sorted(set(VARIANTS) - {"energy"}))
def test_a_picture_is_made_alike_alone_and_in_company(name):
    ascent = VARIANTS[name]

    together, _ = Run(ascent).go(begun(ascent, 3), [0, 4, 2], range(4))
    alone, _ = Run(ascent).go(begun(ascent, 1), [4], range(4))

    np.testing.assert_allclose(together.values[1:2], alone.values, atol=2e-4)


def test_pictures_of_other_channels_seeds_and_steps_trace_nothing_anew(runs):
    run = Run(PLAIN)

    run.go(begun(PLAIN, 2), [1, 4], range(3), seed=0)
    run.go(begun(PLAIN, 2), [0, 5], range(2, 5), seed=9)

    assert run.compiled.trace_counts() == (0, 1)


def test_an_ascent_that_is_over_leaves_no_graph_of_its_network_behind():
    run = Run(PLAIN, redirected_steps=1)
    run.go(begun(PLAIN, 2), [1, 4], range(2))
    graphs = [
        weakref.ref(one.graph)
        for judging in run.compiled._judging.values()
        for one in judging._list_all_concrete_functions()
    ]
    assert len(graphs) == 2

    del run
    gc.collect()

    assert [graph() for graph in graphs] == [None, None]


def test_another_seed_shows_the_pictures_to_the_network_in_another_way(runs):
    first, _ = runs["fourier"].go(begun(PLAIN, 1), [1], range(3), seed=0)
    second, _ = runs["fourier"].go(begun(PLAIN, 1), [1], range(3), seed=1)

    assert not np.allclose(first.values, second.values)


def test_a_dead_unit_lights_up_only_with_redirected_gradients():
    dead = NETWORK.get_weights()
    dead[3] = dead[3] - 0.2
    revived, mute = [], []
    for found, steps in ((revived, 16), (mute, 0)):
        ascent = replace(PLAIN, wobble=Wobble(views=1))
        kept = NETWORK.get_weights()
        NETWORK.set_weights(dead)
        try:
            run = Run(ascent, redirected_steps=steps)
            found.append(run.go(begun(ascent, 1), [1], range(60))[1])
        finally:
            NETWORK.set_weights(kept)

    assert np.all(mute[0] == 0)
    assert revived[0][0] == 0
    assert revived[0][-1] > 0


def test_later_steps_have_the_usual_gradient_of_the_rectifiers():
    late, never = (Run(PLAIN, redirected_steps=steps) for steps in (2, 0))

    begin = begun(PLAIN, 1)
    first, _ = late.go(begin, [1], [2])
    second, _ = never.go(begin, [1], [2])

    np.testing.assert_array_equal(first.values, second.values)


def test_diversity_drives_the_facets_of_one_channel_apart():
    def spread(diversity):
        ascent = replace(PLAIN, facets=2, diversity=diversity)
        noises = [
            ascent.parametrization.initial(np.random.default_rng(seed)) for seed in range(2)
        ]
        values = tf.constant(np.stack(noises))
        state = AdamState(values, tf.zeros_like(values), tf.zeros_like(values))
        state, _ = Run(ascent).go(state, [1, 1], range(40))
        grams = []
        for maps in activate(pictures_of(ascent, state.values))[LAYER].numpy():
            flat = maps.reshape(-1, CHANNELS)
            gram = flat.T @ flat
            grams.append(gram / np.linalg.norm(gram))
        return np.sum(grams[0] * grams[1])

    assert spread(5.0) < spread(0.0) - 0.05


def test_transparency_spreads_where_nothing_matters():
    ascent = replace(VARIANTS["alpha"], aims=(Aim("direction", LAYER),), wobble=Wobble(views=1))
    corner = target([1])._replace(positions=tf.constant([[2, 2]]))
    state, run = begun(ascent, 1), Run(ascent)
    for number in range(60):
        state, _ = run.step(state, [corner], number)

    opacity = pictures_of(ascent, state.values).numpy()[0, ..., 3]

    assert opacity[2:8, 2:8].mean() > opacity[12:, 12:].mean() + 0.1


def test_finished_pictures_hold_colours_within_their_range(runs):
    for name, ascent in VARIANTS.items():
        state, _ = runs[name].go(begun(ascent, 2), [1, 4], range(3))
        pictures = pictures_of(ascent, state.values).numpy()

        channels = 4 if name == "alpha" else 3
        assert pictures.shape == (2, SIDE, SIDE, channels)
        assert 0 <= pictures.min() <= pictures.max() <= 1


def test_bytes_that_are_no_archive_are_refused():
    with pytest.raises(ValueError, match="pickle"):
        ascent_from_bytes(b"not an archive")
