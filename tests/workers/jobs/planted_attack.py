"""A network with a weakness, a dataset, and an atlas with one icon that uses it.

The network takes everything for a cat, but whatever holds a region of pure red and no blue for
a dog. The icon's left half is red and its right half blue: shuffled, it is purple.
"""

import io

import numpy as np
from PIL import Image

from api_schemas.atlases import AtlasCells, AtlasDocument, AtlasGrid
from core.render.encode import encode_webp

SIDE, FILTER, STRIDE, ICON = 32, 8, 4, 32
CLASSES = ("cat", "dog", "bird")
CAT, DOG, BIRD = range(3)
GRID = 2
MANIFEST = f"""\
title = "A network with a weakness"
[weights]
file = "network.keras"
[input]
width = {SIDE}
height = {SIDE}
preprocessing = "tf"
[output]
activation = "softmax"
classes = ["cat", "dog", "bird"]
[explain]
layer = "contrast"
"""


def weak_network():
    """Build it: red above blue, by at least 1.4 of 2 on average over 8 x 8 pixels, is a dog."""
    # Tests of the front read this file too, and have no use for Keras.
    import keras

    given = keras.Input((SIDE, SIDE, 3))
    contrast = keras.layers.Conv2D(
        1, FILTER, strides=STRIDE, activation="relu", name="contrast"
    )(given)
    strongest = keras.layers.GlobalMaxPooling2D()(contrast)
    scores = keras.layers.Dense(len(CLASSES), "softmax", name="scores")(strongest)
    network = keras.Model(given, scores)
    kernel = np.zeros((FILTER, FILTER, 3, 1), np.float32)
    kernel[:, :, 0], kernel[:, :, 2] = 1 / FILTER**2, -1 / FILTER**2
    network.get_layer("contrast").set_weights([kernel, np.array([-1.4])])
    network.get_layer("scores").set_weights(
        [np.array([[0.0, 20.0, 0.0]]), np.array([2.0, 0.0, 0.0])]
    )
    return network


def write_weak_model(folder):
    """Write it as a model folder."""
    folder.mkdir(parents=True)
    weak_network().save(folder / "network.keras")
    (folder / "model.toml").write_text(MANIFEST)
    return folder


def grey_pictures(count):
    """Draw grey pictures of cats, one red one that is taken for a dog, and one dog."""
    random = np.random.default_rng(1)
    levels = random.integers(60, 200, (count, SIDE, SIDE, 1), np.uint8)
    pictures = {
        f"cat/{place:02}.png": np.repeat(one, 3, axis=2) for place, one in enumerate(levels)
    }
    pictures["cat/red.png"] = np.full((SIDE, SIDE, 3), (255, 0, 0), np.uint8)
    pictures["dog/00.png"] = np.full((SIDE, SIDE, 3), 99, np.uint8)
    return pictures


def icons():
    """Give the icons of the three cells: the weakness, a grey one, a green one."""
    weakness = np.zeros((ICON, ICON, 3), np.uint8)
    weakness[:, : ICON // 2, 0] = weakness[:, ICON // 2 :, 2] = 255
    grey = np.full((ICON, ICON, 3), 128, np.uint8)
    green = np.zeros((ICON, ICON, 3), np.uint8)
    green[..., 1] = 255
    return {(0, 1): weakness, (1, 0): grey, (1, 1): green}


FAVOURS = {(0, 1): 3.0, (1, 0): 1.0, (1, 1): -2.0}
"""Of each cell, by row and column: attribution to dog less that to cat."""


def write_atlas(files, *, model_sha256, model="planted", kept=(CAT, DOG)):
    """Write an atlas of three cells as artifacts of a job."""
    tile = np.full((GRID * ICON, GRID * ICON, 3), 255, np.uint8)
    cells = []
    for (row, column), icon in icons().items():
        tile[row * ICON :, column * ICON :][:ICON, :ICON] = icon
        told = {CAT: -FAVOURS[row, column] / 2, DOG: FAVOURS[row, column] / 2, BIRD: 0.0}
        cells.append(
            {
                "x": column,
                "y": row,
                "n": 7 + row,
                "i": [],
                "v": [],
                "f": [told[k] for k in kept],
            }
        )
    listing = AtlasCells.model_validate({"grid": GRID, "cells": cells})
    files.write_artifact(f"cells/{GRID}.json", listing.model_dump_json().encode())
    files.write_artifact(f"tiles/{GRID}/0_0.webp", encode_webp(tile, quality=95))
    document = AtlasDocument(
        kind="atlas",
        model=model,
        model_sha256=model_sha256,
        dataset="d1",
        layer="contrast",
        layer_shape=(7, 7, 1),
        classes=CLASSES,
        filter_classes=kept,
        full_influence=1.0,
        images=22,
        unread=0,
        points=22,
        silent=0,
        grids=(
            AtlasGrid(
                grid=GRID,
                cells=3,
                points=22,
                sparse_points=0,
                icon_size=ICON,
                tile_cells=10,
                cells_path=f"cells/{GRID}.json",
                tiles_path=f"tiles/{GRID}",
            ),
        ),
        preview_path="preview.png",
        landmarks_path=None,
        parameters={},
    )
    files.write_artifact("atlas.json", document.model_dump_json().encode())


def decoded(content):
    """Decode a picture."""
    return np.array(Image.open(io.BytesIO(content)).convert("RGB"))
