"""The peers' feature visualization, step by step, as their documentation shows it."""

import time
import warnings
from collections.abc import Callable
from statistics import median

import keras
import numpy as np
import tensorflow as tf

STEPS = 5
"""In one call of a peer. The first is left out: it traces."""

SecondsPerStep = Callable[[], float]
"""Runs a peer for some steps and gives the median time of one."""


def peer_steps(network: keras.Model, layer: str, pictures: int) -> dict[str, SecondsPerStep]:
    """Set both peers up for one channel a picture of a layer, by name.

    Args:
        network: of the pictures' size.
        layer: one of its layers.
        pictures: in a batch, each of another channel.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {
            "tf-keras-vis": tf_keras_vis_steps(network, layer, pictures),
            "xplique": xplique_steps(network, layer, pictures),
        }


def tf_keras_vis_steps(network: keras.Model, layer: str, pictures: int) -> SecondsPerStep:
    """Set tf-keras-vis up with its defaults."""
    from tf_keras_vis.activation_maximization import ActivationMaximization
    from tf_keras_vis.activation_maximization.callbacks import Callback
    from tf_keras_vis.utils.scores import CategoricalScore

    class Clock(Callback):  # type: ignore[misc]  # the base has no types
        """Notes down when each step ends."""

        def __init__(self) -> None:
            self.times: list[float] = []

        def __call__(self, *_args: object, **_named: object) -> None:
            """End a step."""
            self.times.append(time.perf_counter())

    part = keras.Model(network.inputs, network.get_layer(layer).output)
    maximize = ActivationMaximization(part, clone=False)
    shape = (pictures, *network.input_shape[1:])
    seeds = np.random.default_rng(0).uniform(0, 255, shape).astype(np.float32)
    score = CategoricalScore(list(range(pictures)))

    def seconds() -> float:
        clock = Clock()
        maximize(score, seed_input=seeds, steps=STEPS, callbacks=[clock])
        return median_step(clock.times)

    return seconds


def xplique_steps(network: keras.Model, layer: str, pictures: int) -> SecondsPerStep:
    """Set xplique up with its defaults, but for the size, which is the network's."""
    from xplique.features_visualizations import Objective, optimize

    class Clock(tf.keras.optimizers.Adam):  # type: ignore[misc]  # the base has no types
        """Notes down when each step ends."""

        def __init__(self) -> None:
            super().__init__(0.05)
            self.times: list[float] = []

        def apply_gradients(self, *args: object, **named: object) -> object:
            """End a step."""
            applied = super().apply_gradients(*args, **named)
            self.times.append(time.perf_counter())
            return applied

    objective = Objective.channel(network, layer, list(range(pictures)))
    size = network.input_shape[1:3]

    def seconds() -> float:
        clock = Clock()
        optimize(objective, optimizer=clock, nb_steps=STEPS, custom_shape=size)
        return median_step(clock.times)

    return seconds


def median_step(times: list[float]) -> float:
    """Give the median time between the ends of two steps."""
    return median(np.diff(times).tolist())
