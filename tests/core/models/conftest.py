"""Small networks, saved and loaded once each for all tests of `core.models`."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import keras
import pytest

from core.models.classifier import Classifier
from core.models.load import load_classifier
from tests.core.models.small_networks import FORMS, UNUSUAL, Form

HERE = Path(__file__).parent
KERAS_BEHIND_NUMPY = "ignore:__array__ implementation doesn't accept a copy:DeprecationWarning"
"""Keras' variables do not know NumPy 2's `copy` yet."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bear a warning that is about Keras and not about us."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings(KERAS_BEHIND_NUMPY))


def write_folder(folder: Path, form: Form) -> Path:
    """Write a model folder: the saved network and its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    form.network.save(folder / "network.keras")
    (folder / "model.toml").write_text(form.manifest)
    return folder


@pytest.fixture(scope="session")
def made() -> Callable[[str], Form]:
    """Make a form of network by its name, once."""

    @cache
    def make(name: str) -> Form:
        keras.utils.set_random_seed(7)
        return (FORMS | UNUSUAL)[name]()

    return make


@pytest.fixture(scope="session")
def loaded(made, tmp_path_factory) -> Callable[[str], Classifier]:
    """Save and load a form of network by its name, once."""
    root = tmp_path_factory.mktemp("models")

    @cache
    def load(name: str) -> Classifier:
        return load_classifier(write_folder(root / name.replace(" ", "-"), made(name)))

    return load
