"""The network that the benchmarks run: ImageNet's MobileNet 0.75, as a model folder."""

import shutil
from pathlib import Path

from benchmarks.errors import SharedFolderMissingError

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
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


def sample_photographs(count: int) -> list[bytes]:
    """Read some photographs of `../shared`, as files."""
    paths = sorted((SHARED / "data" / "imagenet_samples").glob("*.jpg"))
    return [path.read_bytes() for path in paths[:: max(1, len(paths) // count)][:count]]
