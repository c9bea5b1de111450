"""The contact sheets of `docs/feature_visualization.md`: what two networks look for.

`python -m benchmarks.contact_sheet FOLDER` makes them with the defaults of the job kind (and
some `l2` for the early layers), for the ImageNet network in `../shared` and for the bundled
model, and writes one WebP for each.
About ten minutes on two cores.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from PIL import Image

from api_schemas.activation_maximization import ActivationMaximizationParameters
from benchmarks.networks import write_imagenet_network
from benchmarks.plain_run import PlainRun
from core.images.pixels import RgbPixels
from core.models.load import load_classifier
from core.render.encode import encode_webp
from core.render.grid import grid_picture
from workers.jobs.activation_maximization import activation_maximization
from workers.model_pool import HostedModel

BUNDLED = Path(__file__).resolve().parent.parent / "models" / "catsdogs"
COLUMNS = 9
TILE_PIXELS = 128
WEBP_QUALITY = 88
IMAGENET_CLASSES = (1, 84, 207, 281, 340, 937)
"""Goldfish, peacock, golden retriever, tabby, zebra and broccoli."""


@dataclass(frozen=True)
class Sheet:
    """What is shown of one network."""

    layers: tuple[str, str, str]
    """An early, a middle and a late one, of each of which nine random channels are shown."""
    early_l2: float
    """`l2` of the first row: early layers answer to contrast without end."""
    logits: tuple[dict[str, object], ...]
    """Parameters of one job each, for six pictures in all."""


SHEETS = {
    "imagenet": Sheet(
        ("conv_pw_2_relu", "conv_pw_6_bn", "conv_pw_11_bn"),
        3.0,
        ({"classes": IMAGENET_CLASSES},),
    ),
    "catsdogs": Sheet(
        ("conv2_block1_preact_relu", "conv3_block1_out", "conv4_block2_out"),
        20.0,
        ({"facets": 3, "diversity": 1.0},),
    ),
}


def main(folder: Annotated[Path, typer.Argument(help="Where the pictures are put.")]) -> None:
    """Make both sheets."""
    with tempfile.TemporaryDirectory() as scratch:
        networks = {
            "imagenet": write_imagenet_network(Path(scratch) / "models"),
            "catsdogs": BUNDLED,
        }
        for name, network in networks.items():
            model = HostedModel(load_classifier(network), max_compiled_kernels=1)
            picture = contact_sheet(model, SHEETS[name], Path(scratch) / name)
            path = folder / f"features_{name}.webp"
            path.write_bytes(encode_webp(picture, quality=WEBP_QUALITY))


def contact_sheet(model: HostedModel, sheet: Sheet, scratch: Path) -> RgbPixels:
    """Run a job for each row, and lay all pictures out on one sheet."""
    channels: dict[str, object] = {"channels": f"random:{COLUMNS}"}
    jobs: list[dict[str, object]] = [channels | {"layer": layer} for layer in sheet.layers]
    jobs[0]["l2"] = sheet.early_l2
    jobs += [{"objective": "logit", **logits} for logits in sheet.logits]
    tiles: list[RgbPixels] = []
    labels: list[str] = []
    for number, job in enumerate(jobs):
        parameters = ActivationMaximizationParameters.model_validate(job)
        run = PlainRun(scratch, f"row-{number}")
        result = activation_maximization(parameters, model, run)
        for picture in result["pictures"]:
            tiles.append(pixels_of(run.files.read_artifact(picture["path"])))
            labels.append(picture["objective"])
    return grid_picture(tiles, labels, tile_pixels=TILE_PIXELS, columns=COLUMNS)


def pixels_of(file: bytes) -> RgbPixels:
    """Read a PNG."""
    with Image.open(BytesIO(file)) as picture:
        return np.array(picture.convert("RGB"))


if __name__ == "__main__":
    typer.run(main)
