"""Small networks and planted activations, for all tests of atlases."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import keras
import pytest

from core.models.classifier import Classifier
from core.models.load import load_classifier
from tests.core.models.conftest import KERAS_BEHIND_NUMPY, write_folder
from tests.core.models.small_networks import FORMS, UNUSUAL, Form

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bear a warning that is about Keras and not about us."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings(KERAS_BEHIND_NUMPY))


@pytest.fixture(scope="session")
def network(tmp_path_factory) -> Callable[[str], tuple[Form, Classifier]]:
    """Make, save and load a form of network by its name, once."""
    root = tmp_path_factory.mktemp("atlas-models")

    @cache
    def load(name: str) -> tuple[Form, Classifier]:
        keras.utils.set_random_seed(7)
        form = (FORMS | UNUSUAL)[name]()
        return form, load_classifier(write_folder(root / name.replace(" ", "-"), form))

    return load
