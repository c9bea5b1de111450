"""A network that looks for red, and an image with a red square: a map must point there."""

import warnings
from pathlib import Path

import keras
import numpy as np

from core.models.load import load_classifier
from workers.model_pool import HostedModel

SIDE, CELL, CHANNELS = 24, 4, 8
"""Pixels of the image's side and of one position of the layer `maps`, which has 6 x 6."""
SQUARE = (slice(4, 12), slice(12, 20))
"""Rows and columns of what is red."""
RED, GREEN = 0, 1
"""The classes."""


def planted_pixels(seed: int = 0) -> np.ndarray:
    """Draw [H, W, 3] uint8: grey with texture, and a red square."""
    pixels = np.random.default_rng(seed).integers(90, 166, (SIDE, SIDE, 3), np.uint8)
    pixels[SQUARE] = (230, 40, 60)
    return pixels


def planted_model(folder: Path) -> HostedModel:
    """Save and load the network: redder means red, greener means green, texture is ignored."""
    model_folder = folder / "planted"
    model_folder.mkdir()
    network = planted_network()
    with warnings.catch_warnings():
        # Keras reads its variables in a way that NumPy 2 advises against.
        warnings.simplefilter("ignore", DeprecationWarning)
        network.save(model_folder / "model.keras")
        (model_folder / "model.toml").write_text(MANIFEST, encoding="utf-8")
        return HostedModel(load_classifier(model_folder), max_compiled_kernels=8)


def planted_network() -> keras.Model:
    """Build one convolution over cells, the mean over the positions and a softmax."""
    images = keras.Input((SIDE, SIDE, 3))
    maps = keras.layers.Conv2D(CHANNELS, CELL, strides=CELL, activation="relu", name="maps")
    scores = keras.layers.Dense(2, "softmax", name="scores")
    pooled = keras.layers.GlobalAveragePooling2D()(maps(images))
    network = keras.Model(images, scores(pooled))
    # Detectors of texture, blind to colour: what other last weights would listen to.
    kernel = np.random.default_rng(1).normal(0.0, 0.6, (CELL, CELL, 3, CHANNELS))
    kernel -= kernel.mean(axis=(0, 1))
    kernel[..., RED] = np.array([1.0, -1.0, 0.0]) / CELL**2
    kernel[..., GREEN] = np.array([-1.0, 1.0, 0.0]) / CELL**2
    # A hint of a colour counts nothing, so that the blurred square is not seen.
    bias = np.zeros(CHANNELS)
    bias[[RED, GREEN]] = -0.8
    maps.set_weights([kernel, bias])
    head = np.zeros((CHANNELS, 2))
    head[RED], head[GREEN] = (40.0, -40.0), (-40.0, 40.0)
    scores.set_weights([head, np.array([-1.2, 1.2])])
    return network


MANIFEST = """\
title = "Red or green"
[weights]
file = "model.keras"
[input]
width = 24
height = 24
preprocessing = "tf"
[output]
activation = "softmax"
classes = ["red", "green"]
[explain]
layer = "maps"
"""
