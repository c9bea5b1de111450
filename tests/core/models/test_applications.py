"""Architectures of `keras.applications` are built by name; weights are a file or fetched."""

import keras
import pytest

from core.errors import ManifestError, ModelFileError
from core.models.applications import builder, builders, load_application
from core.models.load import load_classifier
from core.models.manifest import Weights

SMALL = {"alpha": 0.25, "classes": 3, "input_shape": [32, 32, 3]}


@pytest.fixture
def fed_by_no_one(monkeypatch):
    """A world without a network and without Keras' cache."""

    def unreachable(*_, **__):
        raise Exception("URL fetch failure on /root/secret: None -- Name or service not known")

    monkeypatch.setattr(
        f"{builders()['MobileNet'].__module__}.file_utils.get_file", unreachable
    )


@pytest.mark.parametrize("name", ["MobileNet", "ResNet50", "EfficientNetB0", "ConvNeXtTiny"])
def test_architectures_are_found_by_their_names(name):
    assert builder("any", name) is getattr(keras.applications, name)


@pytest.mark.parametrize("name", ["mobilenet", "imagenet_utils", "__builtins__", "MobileNets"])
def test_what_is_no_architecture_is_refused_with_the_nearest_names(name):
    with pytest.raises(ManifestError, match="the nearest are"):
        builder("any", name)


def test_a_misspelt_architecture_is_offered_the_right_one():
    with pytest.raises(ManifestError, match="MobileNet"):
        builder("any", "MobilNet")


@pytest.mark.parametrize("argument", ["weights", "input_tensor", "colour"])
def test_an_argument_that_is_reserved_or_unknown_is_refused(tmp_path, argument):
    weights = Weights(application="MobileNet", arguments={argument: "/etc/passwd"})

    with pytest.raises(ManifestError, match=f"takes no {argument}"):
        load_application(tmp_path, weights)


def test_weights_that_cannot_be_fetched_are_refused_with_the_remedy(tmp_path, fed_by_no_one):
    weights = Weights(application="MobileNet", weights="imagenet")

    with pytest.raises(ModelFileError, match="could not be downloaded") as refusal:
        load_application(tmp_path, weights)
    assert "secret" not in str(refusal.value)


def test_arguments_that_do_not_go_with_imagenet_weights_are_refused(tmp_path):
    weights = Weights(application="MobileNet", weights="imagenet", arguments={"classes": 7})

    with pytest.raises(ManifestError, match="with ImageNet weights"):
        load_application(tmp_path, weights)


MANIFEST = """
[weights]
application = "MobileNet"
weights = "own.weights.h5"
arguments = { alpha = 0.25, classes = 3, input_shape = [32, 32, 3] }
[input]
width = 32
height = 32
preprocessing = "application"
[output]
activation = "softmax"
classes = ["cat", "dog", "owl"]
"""


@pytest.fixture(scope="module")
def small_weights(tmp_path_factory):
    """A file of weights of a small MobileNet."""
    path = tmp_path_factory.mktemp("weights") / "own.weights.h5"
    keras.applications.MobileNet(weights=None, **SMALL).save_weights(path)
    return path.read_bytes()


def test_an_architecture_with_weights_of_its_own_is_loaded(tmp_path, small_weights):
    (tmp_path / "own.weights.h5").write_bytes(small_weights)
    (tmp_path / "model.toml").write_text(MANIFEST.replace("32", "64"))

    classifier = load_classifier(tmp_path)

    assert classifier.default_layer == "conv_pw_13_relu"
    assert classifier.missing == {}


@pytest.mark.parametrize(
    ("manifest", "content", "error"),
    [
        (MANIFEST.replace("0.25", "0.5"), None, ModelFileError),
        (MANIFEST, b"junk", ModelFileError),
        (MANIFEST, b"", ModelFileError),
        (MANIFEST.replace("own.weights.h5", "none.weights.h5"), None, ManifestError),
    ],
    ids=["of another width", "junk", "empty", "absent"],
)
def test_weights_that_are_not_the_architectures_are_refused(
    tmp_path, small_weights, manifest, content, error
):
    (tmp_path / "own.weights.h5").write_bytes(small_weights if content is None else content)
    (tmp_path / "model.toml").write_text(manifest)

    with pytest.raises(error):
        load_classifier(tmp_path)
