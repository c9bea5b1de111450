"""A network of a few hundred weights in a model folder, so that real workers start fast."""

import json
import warnings
from collections.abc import Sequence
from pathlib import Path


def write_tiny_model(
    folder: Path,
    *,
    name: str = "tiny",
    classes: Sequence[str] = ("cat", "dog"),
    size: int = 32,
    seed: int = 7,
) -> Path:
    """Write an untrained network with two convolutions as `folder/name`.

    Args:
        folder: of models, one folder each; it is what a worker is given.
        name: of the model.
        classes: labels in index order, at least two.
        size: sides of the input in pixels, at least 8.
        seed: of the weights; the same seed writes the same network.

    Returns:
        The model's folder, with `model.toml` and `model.keras`. Its layer `second` has maps of
        [size / 4, size / 4, 8] and its classes get scores that differ from image to image.
    """
    import keras

    keras.utils.set_random_seed(seed)
    pixels = keras.Input((size, size, 3))
    maps = keras.layers.Conv2D(4, 3, strides=2, padding="same", name="first")(pixels)
    maps = keras.layers.ReLU()(maps)
    maps = keras.layers.Conv2D(8, 3, strides=2, padding="same", name="second")(maps)
    features = keras.layers.GlobalAveragePooling2D()(keras.layers.ReLU()(maps))
    probabilities = keras.layers.Dense(len(classes), "softmax", name="scores")(features)
    network = keras.Model(pixels, probabilities)
    model_folder = folder / name
    model_folder.mkdir(parents=True)
    with warnings.catch_warnings():
        # Keras reads its variables in a way that NumPy 2 advises against.
        warnings.simplefilter("ignore", DeprecationWarning)
        network.save(model_folder / "model.keras")
    (model_folder / "model.toml").write_text(
        f"""\
title = "Two convolutions, untrained"
[weights]
file = "model.keras"
[input]
width = {size}
height = {size}
preprocessing = "tf"
[output]
activation = "softmax"
classes = {json.dumps(list(classes))}
[explain]
layer = "second"
""",
        encoding="utf-8",
    )
    return model_folder
