"""A model folder loads, or is refused in plain words, whatever its files hold."""

import io
import json
import pickle
import re
import warnings
import zipfile
from dataclasses import replace

import h5py
import keras
import numpy as np
import pytest

from core.errors import CoreError, ManifestError, ModelFileError
from core.models.load import load_classifier
from tests.core.models.conftest import write_folder
from tests.core.models.small_networks import Form, convolution, dense, image, pool


@pytest.fixture
def folder(tmp_path, made):
    """A model folder that loads, until a test damages it."""
    return write_folder(tmp_path / "damaged", made("functional"))


def refusal_of(folder, **options):
    """The refusal that loading ends in, after a look at what every refusal owes its reader."""
    with pytest.raises((ManifestError, ModelFileError)) as caught:
        load_classifier(folder, **options)
    words = str(caught.value)
    assert not re.search(r"(^|[\s'\"(])/\w+/", words), "an absolute path"
    assert "Traceback" not in words
    assert "\n" not in words
    assert len(words) < 500
    return words


def rewritten(path, change):
    """Write a zip anew with its members changed: a function from names to bytes to the same."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in change(members).items():
            archive.writestr(name, content)


def with_description(path, change):
    """Change the network's description inside a `.keras` file."""

    def changed(members):
        description = json.loads(members["config.json"])
        change(description)
        return members | {"config.json": json.dumps(description).encode()}

    rewritten(path, changed)


def test_a_folder_that_loads_is_described_by_its_classifier(loaded):
    classifier = loaded("functional")

    assert classifier.name == "functional"
    assert classifier.classes == ("cat", "dog", "owl")
    assert re.fullmatch("[0-9a-f]{64}", classifier.sha256)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"not a zip at all" * 100, "truncated, damaged or no .keras file"),
        (b"\x89HDF\r\n\x1a\n" + bytes(1000), "truncated, damaged or no .keras file"),
        (b"PK\x03\x04" + bytes(1000), "truncated, damaged or no .keras file"),
    ],
    ids=["empty", "text", "HDF5's first bytes", "a zip's first bytes"],
)
def test_a_file_of_other_content_is_refused(folder, content, words):
    (folder / "network.keras").write_bytes(content)

    assert words in refusal_of(folder)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_refused(folder, part):
    path = folder / "network.keras"
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])

    assert "truncated, damaged or no .keras file" in refusal_of(folder)


def test_flipped_bits_in_the_weights_are_noticed(folder):
    path = folder / "network.keras"
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("model.weights.h5").header_offset
    content[start + 2000] ^= 0xFF
    path.write_bytes(content)

    assert "damaged" in refusal_of(folder)


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/outside", "a\\..\\b", "C:evil"])
def test_a_member_that_leads_out_of_the_zip_is_refused(folder, name):
    rewritten(folder / "network.keras", lambda members: members | {name: b"evil"})

    assert "leads out of it" in refusal_of(folder)


def test_a_bomb_is_refused_before_it_is_unpacked(folder):
    bomb = {"assets/bomb": bytes(80 << 20)}
    rewritten(folder / "network.keras", lambda members: members | bomb)

    assert "unpacks to 80 MiB" in refusal_of(folder)


def test_weights_that_claim_more_than_their_file_can_hold_are_refused(folder):
    bomb = io.BytesIO()
    with h5py.File(bomb, "w") as store:
        store.create_dataset("bomb", shape=(1 << 40,), chunks=(1 << 20,), dtype="float32")
    changed = {"model.weights.h5": bomb.getvalue()}
    rewritten(folder / "network.keras", lambda members: members | changed)

    assert "unpacks to" in refusal_of(folder)


@pytest.mark.parametrize("how", ["link", "data"])
def test_weights_that_lie_in_another_file_are_refused(folder, how):
    content = io.BytesIO()
    with h5py.File(content, "w") as store:
        if how == "link":
            store["elsewhere"] = h5py.ExternalLink("/etc/passwd", "/")
        else:
            store.create_dataset("data", (4,), "uint8", external=[("/etc/passwd", 0, 4)])
    changed = {"model.weights.h5": content.getvalue()}
    rewritten(folder / "network.keras", lambda members: members | changed)

    assert "another file" in refusal_of(folder)


@pytest.mark.parametrize("missing", ["config.json", "model.weights.h5"])
def test_a_zip_without_a_network_is_refused(folder, missing):
    def without(members):
        return {name: content for name, content in members.items() if name != missing}

    rewritten(folder / "network.keras", without)

    assert "holds no Keras network" in refusal_of(folder)


@pytest.mark.parametrize("content", [b"{", b"[1, 2]", b"null", b"[" * 200_000], ids=len)
def test_a_description_that_is_none_is_refused(folder, content):
    rewritten(folder / "network.keras", lambda members: members | {"config.json": content})

    refusal_of(folder)


def test_weights_of_another_shape_are_refused(folder, made):
    def wider(description):
        for layer in description["config"]["layers"]:
            if layer["config"]["name"] == "last":
                layer["config"]["filters"] = 9

    with_description(folder / "network.keras", wider)

    assert "cannot be loaded" in refusal_of(folder)


def test_a_lambda_is_refused_unless_the_operator_trusts_it(tmp_path):
    doubled = keras.layers.Lambda(lambda maps: maps * 2, name="doubled")
    network = keras.Sequential([image(), convolution("last"), doubled, pool(), dense()])
    folder = write_folder(tmp_path / "lambda", Form(network, chain=None))

    assert "runs only if the operator trusts it" in refusal_of(folder)
    assert "doubled" in load_classifier(folder, trust_code=True).layers


@pytest.mark.parametrize(
    ("module", "name", "words"),
    [
        ("os", "system", "the class 'system'"),
        ("mypackage.layers", "Mine", "the class 'Mine'"),
        ("keras.foo", "Mine", "cannot be loaded"),
    ],
)
def test_a_class_from_elsewhere_is_refused_and_never_imported(folder, module, name, words):
    def foreign(description):
        layer = description["config"]["layers"][1]
        layer |= {"module": module, "class_name": name, "registered_name": name}

    with_description(folder / "network.keras", foreign)

    assert words in refusal_of(folder)


CODE = """
import keras

@keras.saving.register_keras_serializable(package="of_the_folder")
class Doubling(keras.layers.Layer):
    def call(self, maps):
        return 2 * maps
"""


def test_code_of_the_folder_runs_only_if_the_operator_trusts_it(tmp_path):
    names = {}
    exec(CODE, names)
    network = keras.Sequential(
        [image(), convolution("last"), names["Doubling"](name="own"), pool(), dense()]
    )
    weights = 'file = "network.keras"\ncode = "own_layers.py"'
    folder = write_folder(tmp_path / "own-code", Form(network, chain=None, weights=weights))
    (folder / "own_layers.py").write_text(CODE)
    del keras.saving.get_custom_objects()["of_the_folder>Doubling"]

    assert "own_layers.py is code" in refusal_of(folder)
    assert "own" in load_classifier(folder, trust_code=True).layers


def test_an_unknown_class_of_its_own_is_refused_by_name(tmp_path):
    names = {}
    exec(CODE.replace("Doubling", "Unknown"), names)
    network = keras.Sequential(
        [image(), convolution("last"), names["Unknown"](name="own"), pool(), dense()]
    )
    folder = write_folder(tmp_path / "unknown", Form(network, chain=None))
    del keras.saving.get_custom_objects()["of_the_folder>Unknown"]

    assert "'of_the_folder>Unknown', which is not Keras' own" in refusal_of(folder)


class Evil:
    """Writes a file where it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (open, (str(self.path), "w"))


def test_pickled_weights_are_never_unpickled(folder, tmp_path):
    array = np.empty(1, object)
    array[0] = Evil(tmp_path / "was-here")
    content = io.BytesIO()
    np.savez(content, evil=array)

    def pickled(members):
        members = {**members, "model.weights.npz": content.getvalue()}
        del members["model.weights.h5"]
        return members

    rewritten(folder / "network.keras", pickled)

    refusal_of(folder)
    (folder / "network.keras").write_bytes(pickle.dumps(Evil(tmp_path / "was-here")))
    refusal_of(folder)
    assert not (tmp_path / "was-here").exists()


def test_an_hdf5_model_loads_like_a_keras_file(tmp_path, made):
    form = replace(made("functional"), weights='file = "network.h5"')
    folder = tmp_path / "hdf5"
    folder.mkdir()
    form.network.save(folder / "network.h5")
    (folder / "model.toml").write_text(form.manifest)

    assert load_classifier(folder).default_layer == "last"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("network.h5", b"junk" * 500, "damaged or no HDF5"),
        ("network.h5", b"", "is empty"),
        ("network.pkl", b"junk", "neither a .keras nor an .h5 file"),
    ],
)
def test_hdf5_junk_and_other_kinds_of_files_are_refused(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    (tmp_path / "model.toml").write_text(Form(None, None, weights=f'file = "{name}"').manifest)

    assert words in refusal_of(tmp_path)


def test_an_hdf5_lambda_is_refused_too(tmp_path):
    network = keras.Sequential(
        [image(), keras.layers.Lambda(lambda maps: maps), pool(), dense()]
    )
    network.save(tmp_path / "network.h5")
    form = Form(None, None, weights='file = "network.h5"')
    (tmp_path / "model.toml").write_text(form.manifest)

    assert "runs only if the operator trusts it" in refusal_of(tmp_path)


def test_bare_weights_are_refused_where_a_network_is_wanted(tmp_path, made):
    made("functional").network.save_weights(tmp_path / "network.weights.h5")
    form = Form(None, None, weights='file = "network.weights.h5"')
    (tmp_path / "model.toml").write_text(form.manifest)

    assert "holds weights alone" in refusal_of(tmp_path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"answered": Form.answered.replace('"owl"', '"owl", "emu"')},
            "4 labels for 3 classes",
        ),
        ({"answered": Form.answered.replace("softmax", "sigmoid")}, "ends in sigmoid"),
        ({"answered": Form.answered.replace("softmax", "logits")}, "ends in logits"),
        ({"answered": Form.answered + "\nname = 'nose'"}, "no output 'nose'; there are dense"),
        ({"answered": Form.answered + "\nindex = 1"}, "no output 1: the network has 1"),
        ({"fed": "channels = 'grayscale'"}, r"takes [6, 6, 3]"),
        ({"fed": "name = 'age'\nauxiliary = { nose = 1 }"}, "the network takes image"),
    ],
)
def test_a_manifest_that_disagrees_with_its_network_is_refused(tmp_path, made, change, words):
    folder = write_folder(tmp_path / "at-odds", replace(made("functional"), **change))

    assert words in refusal_of(folder)


@pytest.mark.parametrize(
    ("form", "change", "words"),
    [
        ("several inputs", {"fed": ""}, "the network has the inputs age, image"),
        ("several inputs", {"fed": "name='image'\nauxiliary={age=[1,2,3]}"}, "has shape [3]"),
        ("several outputs", {"answered": Form.answered}, "has 2 outputs (colours, dense)"),
    ],
)
def test_an_input_or_output_left_open_is_refused(tmp_path, made, form, change, words):
    folder = write_folder(tmp_path / "left-open", replace(made(form), **change))

    assert words in refusal_of(folder)


def test_a_wrong_checksum_is_refused(folder, made):
    wrong = made("functional").manifest.replace(
        "[weights]", f'[weights]\nsha256 = "{"0" * 64}"'
    )
    (folder / "model.toml").write_text(wrong)

    assert "has not the SHA-256" in refusal_of(folder)


def test_a_refused_model_leaves_the_next_one_loading(folder, made, loaded):
    before = loaded("functional").sha256
    (folder / "network.keras").write_bytes(b"junk")
    refusal_of(folder)

    again = load_classifier(write_folder(folder, made("functional")))

    assert again.default_layer == "last"
    assert before == loaded("functional").sha256


def saved_model(folder, made, activation):
    """A model folder with a SavedModel of a small network."""
    folder.mkdir()
    network = made("bare logits" if activation == "logits" else "sequential").network
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        network.export(folder / "exported", verbose=False)
    answered = Form.answered.replace("softmax", activation)
    form = Form(None, None, weights='file = "exported"', answered=answered)
    (folder / "model.toml").write_text(form.manifest)
    return folder


def test_a_saved_model_runs_only_if_trusted_and_only_with_its_logits(tmp_path, made):
    folder = saved_model(tmp_path / "saved", made, "logits")

    assert "a program that runs only if the operator trusts it" in refusal_of(folder)
    classifier = load_classifier(folder, trust_code=True)
    assert classifier.default_layer == ""
    assert "compiled" in classifier.missing["rectifiers"]
    assert "image-gradient" not in classifier.missing


def test_a_saved_model_that_hides_its_logits_is_refused(tmp_path, made):
    folder = saved_model(tmp_path / "saved", made, "softmax")

    assert "whose inside cannot be reached" in refusal_of(folder, trust_code=True)


def test_a_folder_that_is_no_saved_model_is_refused(tmp_path):
    (tmp_path / "exported").mkdir()
    form = Form(None, None, weights='file = "exported"')
    (tmp_path / "model.toml").write_text(form.manifest)

    assert "is a folder, but no SavedModel" in refusal_of(tmp_path, trust_code=True)


def test_every_refusal_is_one_of_core(folder):
    (folder / "model.toml").unlink()

    with pytest.raises(CoreError):
        load_classifier(folder)
