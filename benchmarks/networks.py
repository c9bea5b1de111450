"""The networks that the benchmarks run: a trained one, and a large one that is not."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import tensorflow as tf

from benchmarks.errors import SharedFolderMissingError
from core.images.decode import decode_image
from core.images.resize import resize_image
from core.models.classifier import Classifier
from core.models.load import load_classifier
from core.models.precision import Precision
from core.shapes import Pixels

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
MAX_IMAGE_PIXELS = 50_000_000
WEIGHTS = "mobilenet_0.75_224.weights.h5"

MANIFEST = f"""
title = "ImageNet, MobileNet 0.75"
[weights]
application = "MobileNet"
weights = "{WEIGHTS}"
arguments = {{ alpha = 0.75 }}
[input]
width = 224
height = 224
preprocessing = "tf"
[output]
activation = "softmax"
classes = "imagenet"
"""

RESNET_MANIFEST = """
title = "ResNet50V2, untrained"
[weights]
application = "ResNet50V2"
[input]
width = 224
height = 224
preprocessing = "application"
[output]
activation = "softmax"
classes = "imagenet"
"""


def load_mobilenet(*, precision: Precision = "float32") -> Classifier:
    """Load ImageNet's MobileNet 0.75.

    Raises:
        SharedFolderMissingError: `../shared` is not there.
    """
    with TemporaryDirectory() as folder:
        return load_classifier(write_imagenet_network(Path(folder)), precision=precision)


def load_resnet(*, precision: Precision = "float32") -> Classifier:
    """Build a ResNet50V2 with random weights: as fast as a trained one."""
    with TemporaryDirectory() as folder:
        model_folder = Path(folder) / "resnet"
        model_folder.mkdir()
        (model_folder / "model.toml").write_text(RESNET_MANIFEST, encoding="utf-8")
        return load_classifier(model_folder, precision=precision)


def write_imagenet_network(models_folder: Path) -> Path:
    """Make a model folder `mobilenet` of the network in `../shared`.

    Raises:
        SharedFolderMissingError: `../shared` is not there.
    """
    if not (SHARED / "models" / WEIGHTS).is_file():
        raise SharedFolderMissingError(SHARED)
    folder = models_folder / "mobilenet"
    folder.mkdir(parents=True)
    shutil.copy(SHARED / "models" / WEIGHTS, folder / WEIGHTS)
    (folder / "model.toml").write_text(MANIFEST, encoding="utf-8")
    return folder


def photograph_pixels(classifier: Classifier, *, count: int) -> Pixels:
    """Read photographs in the size of a network's input, as the front would: [B, H, W, 3]."""
    size = classifier.manifest.input
    images = [
        resize_image(
            decode_image(file, max_pixels=MAX_IMAGE_PIXELS),
            width=size.width,
            height=size.height,
        )
        for file in sample_photographs(count)
    ]
    return tf.constant(np.stack(images))


def sample_photographs(count: int) -> list[bytes]:
    """Read some photographs of `../shared`, as files."""
    paths = sorted((SHARED / "data" / "imagenet_samples").glob("*.jpg"))
    return [path.read_bytes() for path in paths[:: max(1, len(paths) // count)][:count]]
