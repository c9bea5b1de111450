"""What the network looks at is marked where it is in the image sent, whatever its shape.

A network that looks for red explains images with one red region, as a front and a worker do it
together, from the bytes of a file to the box in the answer.
"""

import io

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from api_schemas.explanations import ExplanationOptions, ExplanationOrder
from api_schemas.methods import METHODS
from core.images.decode import decode_image
from core.images.resize import resize_image
from core.progress import untracked
from service.rendering import render
from tests.workers.planted_network import SIDE, planted_model

ORIENTATION_TAG = 0x0112
GREY, RED = (128, 128, 128), (230, 40, 60)
PARAMETERS = {"patch_pixels": 6, "stride_pixels": 3}

SHAPES = {
    "square": (240, 240),
    "portrait": (720, 240),
    "landscape": (200, 900),
    "tiny": (18, 12),
    "tinier than the network's map": (6, 6),
}
"""Height and width in pixels."""

ORIENTED = {
    3: lambda image: image.transpose(Image.Transpose.ROTATE_180),
    6: lambda image: image.transpose(Image.Transpose.ROTATE_90),
    8: lambda image: image.transpose(Image.Transpose.ROTATE_270),
    5: lambda image: image.transpose(Image.Transpose.TRANSPOSE),
}
"""How a camera stores an image that its EXIF orientation turns upright again."""

PLACES = {"upper left": (0.17, 0.17), "right": (0.5, 0.67), "bottom": (0.67, 0.33)}
"""Top and left of the red region, as parts of the image; its sides are a third of it."""


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return planted_model(tmp_path_factory.mktemp("models"))


def region_of(shape, place):
    """The rows and columns that are red."""
    return tuple(
        slice(round(start * side), round((start + 1 / 3) * side))
        for start, side in zip(place, shape, strict=True)
    )


def sent_file(shape, place, orientation=1):
    """A PNG with a red region, stored as its orientation says."""
    pixels = np.full((*shape, 3), GREY, np.uint8)
    pixels[region_of(shape, place)] = RED
    upright = Image.fromarray(pixels)
    stored = ORIENTED[orientation](upright) if orientation > 1 else upright
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    written = io.BytesIO()
    stored.save(written, "PNG", exif=exif)
    return written.getvalue()


def answered(model, file, method):
    """Explain a file as the service does: its pixels, and the picture and box of the answer."""
    pixels = decode_image(file, max_pixels=10**7)
    model_pixels = resize_image(pixels, width=SIDE, height=SIDE)
    own = METHODS[method].parameters
    parameters = own.model_validate(
        {name: value for name, value in PARAMETERS.items() if name in own.model_fields}
    )
    order = ExplanationOrder(
        model="planted", method=method, layer="maps", parameters=parameters.model_dump()
    )
    explained = model.kernel(order, max_images=16)(
        tf.constant(model_pixels[np.newaxis]), tf.constant([0]), tf.constant([-1]), untracked
    )
    options = ExplanationOptions(outputs=("overlay", "box"), polarity="positive")
    rendering = render(pixels, np.asarray(explained.maps[0]), options, method=METHODS[method])
    return pixels, rendering


def overlap(box, region, shape):
    """Intersection over union of a box and the red region."""
    marked, red = np.zeros(shape, bool), np.zeros(shape, bool)
    marked[box.y : box.y + box.height, box.x : box.x + box.width] = True
    red[region] = True
    return (marked & red).sum() / (marked | red).sum()


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("method", ["gradcam", "occlusion"])
def test_the_box_lies_on_the_region_that_the_network_looks_at(model, method, shape, place):
    pixels, rendering = answered(model, sent_file(shape, place), method)

    assert pixels.shape[:2] == shape
    assert overlap(rendering.box, region_of(shape, place), shape) >= 0.4


@pytest.mark.parametrize("orientation", ORIENTED)
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_an_image_that_exif_turns_is_explained_upright(model, place, orientation):
    shape = (720, 240)

    pixels, rendering = answered(model, sent_file(shape, place, orientation), "gradcam")

    assert pixels.shape[:2] == shape
    assert overlap(rendering.box, region_of(shape, place), shape) >= 0.4
    picture = np.asarray(Image.open(io.BytesIO(rendering.pictures["overlay"])))
    assert picture.shape == pixels.shape


def test_a_box_that_lies_elsewhere_would_be_found_out(model):
    shape, place = SHAPES["landscape"], PLACES["upper left"]

    _, rendering = answered(model, sent_file(shape, place), "gradcam")

    mirrored = region_of(shape, (place[0], 1 - place[1] - 1 / 3))
    assert overlap(rendering.box, mirrored, shape) < 0.1
