"""What `vitrine train` writes is hosted as it is: predicted and explained over HTTP."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import keras
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from tests.end_to_end.images import encoded
from tests.end_to_end.test_answers import raw_of
from tests.processes import ROOT, clean_environment, front, valkey, wait_ready, worker

pytestmark = pytest.mark.processes

SIDE = 32
CLASSES = ("dots", "stripes")
NAME = "patterns"
TRAINING = {
    "--backbone": "MobileNet",
    "--backbone-arguments": '{"alpha": 0.25}',
    "--weights": "none",
    "--image-size": str(SIDE),
    "--epochs": "1",
    "--batch-images": "8",
}
TRAINING_SECONDS = 300
"""On a machine that does much else."""


def pattern(kind: str, seed: int) -> Image.Image:
    """Draw grey noise with lines, or with the ends of lines."""
    pixels = np.random.default_rng(seed).integers(60, 120, (SIDE, SIDE, 3), np.uint8)
    pixels[::4, :: 1 if kind == "stripes" else 4] += 100
    return Image.fromarray(pixels)


@dataclass(frozen=True)
class Trained:
    """A model that was made by the command, and the service that hosts it."""

    network: keras.Model
    report: dict
    client: httpx.Client


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trained]:
    images, models = tmp_path_factory.mktemp("images"), tmp_path_factory.mktemp("models")
    for kind in CLASSES:
        (images / kind).mkdir()
        for seed in range(8):
            pattern(kind, seed).save(images / kind / f"{seed}.png")
    train(images, models / NAME)
    with (
        valkey() as redis_url,
        worker(redis_url, models),
        front(redis_url, NAME, deadline_seconds=60.0) as url,
        httpx.Client(base_url=url, timeout=90.0) as client,
    ):
        wait_ready(url)
        network = keras.models.load_model(models / NAME / f"{NAME}.keras")
        yield Trained(network, json.loads((models / NAME / "report.json").read_text()), client)


def train(images: Path, out: Path) -> None:
    options = [word for pair in TRAINING.items() for word in pair]
    done = subprocess.run(
        [sys.executable, "-m", "vitrine", "train", "--data", images, "--out", out, *options],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=TRAINING_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def preprocessed(image: Image.Image) -> tf.Tensor:
    """Feed one image as MobileNet is documented to be fed: from -1 to 1."""
    return tf.constant(np.asarray(image, np.float32)[np.newaxis] / 127.5 - 1)


def explain(client: httpx.Client, method: str, **options: object) -> dict:
    response = client.post(
        f"/explain/{method}",
        files={"image": encoded(pattern("stripes", seed=99))},
        data={"outputs": "raw,overlay", **options},
    )
    assert response.status_code == 200, response.text
    return response.json()


def test_a_trained_folder_is_listed_with_its_classes_and_judged(trained):
    listed = trained.client.get("/models").json()["models"]

    assert [(one["name"], one["classes"], one["ready"]) for one in listed] == [
        (NAME, list(CLASSES), True)
    ]
    assert trained.report["held_out"]["images"] == 4


@pytest.mark.parametrize("kind", CLASSES)
def test_a_trained_model_predicts_over_http_what_its_file_does(trained, kind):
    image = pattern(kind, seed=50)

    answer = trained.client.post("/predict", files={"image": encoded(image)}).json()

    expected = trained.network(preprocessed(image), training=False)[0].numpy()
    answered = {one["label"]: one["probability"] for one in answer["predictions"]}
    assert [answered[label] for label in CLASSES] == pytest.approx(expected, abs=1e-4)


def test_a_trained_model_gets_the_saliency_of_its_own_gradient(trained):
    images = preprocessed(pattern("stripes", seed=99))
    with tf.GradientTape() as tape:
        tape.watch(images)
        probabilities = trained.network(images, training=False)[0]
        # What the softmax divides by cancels out: this is the difference of the scores.
        rather = tf.math.log(probabilities[1]) - tf.math.log(probabilities[0])
    expected = tf.reduce_max(tf.abs(tape.gradient(rather, images)), axis=-1)[0].numpy()

    answer = explain(trained.client, "saliency", target="stripes", versus="dots")

    np.testing.assert_allclose(raw_of(answer), expected, atol=1e-3 * expected.max())


def test_a_trained_model_is_explained_by_gradcam_at_its_last_maps(trained):
    layer = trained.client.get(f"/models/{NAME}").json()["default_layer"]
    height, width = trained.network.get_layer(layer).output.shape[1:3]

    answer = explain(trained.client, "gradcam", polarity="both")

    assert answer["layer"] == layer
    assert raw_of(answer).shape == (height, width)
    assert min(height, width) > 1
    assert np.isfinite(raw_of(answer)).all()
    assert answer["overlay"]
