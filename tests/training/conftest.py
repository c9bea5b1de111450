"""Small photographs of two colours, and the smallest networks that can learn them apart."""

from collections.abc import Iterator
from pathlib import Path

import keras
import pytest

from tests.training.photographs import write_two_classes
from tests.training.tiny_network import TinyNet
from training.backbones import BackboneChoice
from training.fine_tuning_plan import FineTuningPlan
from training.heads import HeadPlan
from training.image_folders import LabelledImages, labelled_images

SIDE = 32
"""Of the small images, in pixels."""


@pytest.fixture
def two_classes(tmp_path) -> Path:
    """A folder of ten blue and ten red photographs, to do with as one likes."""
    return write_two_classes(tmp_path / "images")


@pytest.fixture(scope="session")
def images_folder(tmp_path_factory) -> Path:
    """The same for all tests, to read only."""
    return write_two_classes(tmp_path_factory.mktemp("photographs") / "images")


@pytest.fixture(scope="session")
def images(images_folder) -> LabelledImages:
    return labelled_images(images_folder)


@pytest.fixture(scope="session", autouse=True)
def tiny_network() -> Iterator[None]:
    """Let keras.applications have a network that a test can train."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keras.applications, "TinyNet", TinyNet, raising=False)
        yield


@pytest.fixture(scope="session")
def small_plan() -> FineTuningPlan:
    """Two epochs of a tiny, untrained network on images of 32 pixels."""
    return FineTuningPlan(
        BackboneChoice("TinyNet", {"alpha": 0.5}, "none", (SIDE, SIDE)),
        epochs=2,
        batch_images=8,
        learning_rate=1e-3,
        head=HeadPlan(epochs=3, batch_images=8),
        seed=3,
    )
