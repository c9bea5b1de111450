"""A manifest is read as it says, or refused with the field that is wrong."""

import json
import os

import pytest

from core.errors import ManifestError
from core.models.folder import check_name, file_in
from core.models.labels import imagenet_labels
from core.models.manifest import Manifest, class_labels, read_manifest

WHOLE = """
title = "Cats and dogs"
description = "Photographs of pets."
license = "Apache-2.0"
[weights]
application = "MobileNet"
weights = "pets.weights.h5"
arguments = { alpha = 0.75, classes = 2 }
[input]
width = 224
height = 192
channels = "rgb"
preprocessing = "application"
name = "image"
auxiliary = { age = 3, colours = [[0.5, 1.0]] }
[output]
activation = "softmax"
classes = ["cat", "dog"]
index = 1
[explain]
layer = "conv_pw_13_relu"
"""
SMALL = """
[weights]
file = "network.keras"
[input]
width = 8
height = 8
preprocessing = "unit"
[output]
activation = "softmax"
classes = ["cat", "dog"]
"""


def read(folder, text):
    (folder / "model.toml").write_text(text)
    return read_manifest(folder)


def test_every_field_of_a_manifest_is_read(tmp_path):
    manifest = read(tmp_path, WHOLE)

    assert manifest.title == "Cats and dogs"
    assert manifest.weights.arguments == {"alpha": 0.75, "classes": 2}
    assert manifest.input.auxiliary == {"age": 3, "colours": [[0.5, 1.0]]}
    assert (manifest.output.index, manifest.explain.layer) == (1, "conv_pw_13_relu")


def test_what_a_small_manifest_leaves_out_has_its_default(tmp_path):
    manifest = read(tmp_path, SMALL)

    assert (manifest.input.channels, manifest.input.auxiliary) == ("rgb", {})
    assert (manifest.explain.layer, manifest.weights.sha256) == (None, None)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("width = 8", "", "input.width: Field required"),
        ("width = 8", "width = 0", "input.width"),
        ("width = 8", "width = 9999", "input.width"),
        ("width = 8", "breadth = 8", "input.breadth"),
        ("width = 8", "width = '8px'", "input.width"),
        ('"unit"', '"magic"', "input.preprocessing"),
        ('"unit"', '"application"', "goes with `weights.application`"),
        ('"softmax"', '"relu"', "output.activation"),
        ('["cat", "dog"]', '["cat", ""]', "output.classes"),
        ('["cat", "dog"]', '["cat", " "]', "output.classes"),
        ('["cat", "dog"]', '["cat"]', "output.classes"),
        ('["cat", "dog"]', "[1, 2]", "output.classes"),
        ('classes = ["cat", "dog"]', "", "give either `classes` or `classes_file`"),
        ('["cat", "dog"]', '["cat", "dog"]\nclasses_file = "a.json"', "give either `classes`"),
        ('["cat", "dog"]', '["cat", "dog"]\nname = "a"\nindex = 0', "either `name` or `index`"),
        ('["cat", "dog"]', '["cat", "dog"]\nindex = -1', "output.index"),
        ('file = "network.keras"', "", "give either `file` or `application`"),
        ('file = "network.keras"', 'file = ""', "weights.file"),
        ('"network.keras"', '"network.keras"\nweights = "imagenet"', "go with `application`"),
        ('"network.keras"', '"network.keras"\nsha256 = "abc"', "weights.sha256"),
        (
            'file = "network.keras"',
            'application = "A"\ncode = "b.py"',
            "`code` goes with `file`",
        ),
        ('"unit"', '"caffe"\nchannels = "grayscale"', "needs colours"),
        ('"unit"', '"unit"\nauxiliary = { age = 1 }', "say by `name`"),
        ('"unit"', '"unit"\nname = "age"\nauxiliary = { age = 1 }', "both the image"),
        ('"unit"', '"unit"\nname = "a"\nauxiliary = { b = "c" }', "auxiliary.b is no number"),
        ('"unit"', '"unit"\nname = "a"\nauxiliary = { b = [[1], [2, 3]] }', "auxiliary.b"),
        ('"unit"', '"unit"\nname = "a"\nauxiliary = { b = [] }', "auxiliary.b"),
        ("[weights]", "[weights", "is no TOML"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(tmp_path, old, new, words):
    with pytest.raises(ManifestError) as refusal:
        read(tmp_path, SMALL.replace(old, new))

    assert words in str(refusal.value)


def test_a_folder_without_a_manifest_is_refused_by_its_name_alone(tmp_path):
    with pytest.raises(ManifestError, match=r"model.toml cannot be read") as refusal:
        read_manifest(tmp_path)

    assert str(tmp_path) not in str(refusal.value)


def test_a_manifest_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "model.toml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ManifestError, match="is no TOML"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        "/etc/hostname",
        "inside/../network.keras",
        "link",
        "folder-link/secret",
        "a\0b",
    ],
)
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path, name):
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "model"
    (folder / "inside").mkdir(parents=True)
    (folder / "network.keras").write_text("")
    os.symlink(tmp_path / "secret", folder / "link")
    os.symlink(tmp_path, folder / "folder-link")

    with pytest.raises(ManifestError) as refusal:
        file_in(folder, name)

    assert str(tmp_path) not in str(refusal.value)


@pytest.mark.parametrize(("name", "words"), [("nothing", "no file"), ("inside", "is no file")])
def test_a_name_of_no_file_is_refused(tmp_path, name, words):
    (tmp_path / "inside").mkdir()

    with pytest.raises(ManifestError, match=words):
        file_in(tmp_path, name)


def test_a_file_of_the_folder_is_found_also_in_a_folder_of_its_own(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "network.keras").write_text("")

    assert file_in(tmp_path, "inside/network.keras").name == "network.keras"


def with_labels(folder, content):
    (folder / "labels.json").write_text(content)
    text = SMALL.replace('classes = ["cat", "dog"]', 'classes_file = "labels.json"')
    return class_labels(read(folder, text), folder)


def test_labels_of_a_file_keep_their_order_and_may_repeat(tmp_path):
    labels = ["crane", "cat", "crane"]

    assert with_labels(tmp_path, json.dumps(labels)) == tuple(labels)


@pytest.mark.parametrize("content", ["{", "{}", "[]", '["cat"]', '["cat", ""]', '["cat", 1]'])
def test_a_file_of_no_labels_is_refused(tmp_path, content):
    with pytest.raises(ManifestError, match=r"labels.json"):
        with_labels(tmp_path, content)


def test_imagenet_has_its_thousand_labels_with_two_cranes():
    labels = imagenet_labels()

    assert (len(labels), labels.count("crane")) == (1000, 2)
    assert labels[0] == "tench"


def test_labels_named_imagenet_are_imagenets(tmp_path):
    text = SMALL.replace('["cat", "dog"]', '"imagenet"')

    assert class_labels(read(tmp_path, text), tmp_path) == imagenet_labels()


def test_a_manifest_cannot_be_changed_after_it_was_read(tmp_path):
    manifest = read(tmp_path, SMALL)

    with pytest.raises(ValueError, match="frozen"):
        manifest.input.width = 9


def test_a_manifest_reads_back_from_its_own_json(tmp_path):
    manifest = read(tmp_path, WHOLE)

    assert Manifest.model_validate_json(manifest.model_dump_json()) == manifest


@pytest.mark.parametrize("name", ["catsdogs", "mobilenet_0.75-224", "7"])
def test_a_plain_name_can_be_a_models(tmp_path, name):
    check_name(tmp_path / name)


@pytest.mark.parametrize("name", ["Cats", "cats and dogs", ".hidden", "a" * 65, "cat\n", "ça"])
def test_a_name_that_would_need_quoting_is_refused(tmp_path, name):
    with pytest.raises(ManifestError, match="a model's name has small letters"):
        check_name(tmp_path / name)
