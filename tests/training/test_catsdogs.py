"""The bundled model keeps what its card, its report and its manifest promise."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from core.models.load import load_classifier
from training.compact_resnet import multiply_adds
from training.hosted import evaluated_images
from training.image_folders import labelled_images
from training.progress import SilentProgress

FOLDER = Path(__file__).resolve().parents[2] / "models" / "catsdogs"
SUBSET_IMAGES = 200
# The accuracy on 200 images strays by this much from that on all, in 99 of 100 subsets.
SUBSET_SPREAD = 0.045


@pytest.fixture(scope="module")
def classifier():
    return load_classifier(FOLDER)


@pytest.fixture(scope="module")
def report():
    return json.loads((FOLDER / "report.json").read_text())


def test_the_manifest_agrees_with_the_network(classifier):
    fed = classifier.manifest.input

    assert classifier.network.input.shape[1:] == (fed.height, fed.width, 3)
    assert classifier.network.output.shape[-1] == len(classifier.classes)
    assert classifier.classes == ("cat", "dog")
    assert classifier.network.layers[-1].activation.__name__ == "softmax"
    assert classifier.default_layer == "post_relu"
    assert classifier.layers["post_relu"].output_shape[:2] == (8, 8)


def test_the_weights_are_float32_and_small(classifier):
    assert {str(weight.dtype) for weight in classifier.network.weights} == {"float32"}
    assert (FOLDER / "catsdogs.keras").stat().st_size <= 8_000_000
    assert multiply_adds(classifier.network) <= 125_000_000


def test_the_report_counts_the_multiply_adds_of_the_network(classifier, report):
    assert report["multiply_adds"] == multiply_adds(classifier.network)


@pytest.mark.parametrize("part", ["held_out", "test"])
def test_the_model_card_states_the_measured_accuracy(report, part):
    card = (FOLDER / "README.md").read_text()

    assert f"{report[part]['accuracy']:.4f}" in card
    assert f"{report[part]['calibration_error']:.4f}" in card


def test_no_file_of_the_folder_names_a_path_of_a_machine():
    for path in FOLDER.iterdir():
        if path.suffix in {".json", ".md", ".toml"}:
            assert not re.search(r"/(work|opt|home|root|tmp)/", path.read_text()), path.name


@pytest.mark.shared
def test_the_bundled_model_reaches_its_stated_accuracy(report, shared):
    images = labelled_images(shared / "data" / "cats_vs_dogs" / "test", classes=("cat", "dog"))
    step = len(images) // SUBSET_IMAGES
    subset = images.chosen(np.arange(0, len(images), step))

    evaluation = evaluated_images(FOLDER, subset, progress=SilentProgress())

    assert evaluation.images == SUBSET_IMAGES
    assert evaluation.accuracy >= report["test"]["accuracy"] - SUBSET_SPREAD
