"""TensorFlow SavedModels as Keras networks: closed, so that only what they put out is known."""

from pathlib import Path

import keras

from core.models.manifest import Manifest

ENDPOINT = "serving_default"
"""The signature that `tf.saved_model.save` and `model.export` write unless told otherwise."""
CHANNELS = {"rgb": 3, "bgr": 3, "grayscale": 1}


def is_saved_model(folder: Path) -> bool:
    """Whether a folder holds a SavedModel."""
    return (folder / "saved_model.pb").is_file()


def load_saved_model(folder: Path, manifest: Manifest) -> keras.Model:
    """Wrap a SavedModel's serving function in a Keras model of one image input.

    Its inside cannot be walked through: it has no layers to explain, and a softmax inside
    hides the logits, so that its manifest must say "logits".

    Raises:
        ValueError: it has no serving function, or TensorFlow cannot read it.
    """
    fed = manifest.input
    images = keras.Input(
        (fed.height, fed.width, CHANNELS[fed.channels]), name=fed.name or "image"
    )
    closed = keras.layers.TFSMLayer(folder, call_endpoint=ENDPOINT, name="saved_model")
    return keras.Model(images, closed(images))
