"""Whatever changes a model's numbers changes its fingerprint; what does not, does not."""

from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.load import load_classifier
from core.models.precision import precision_of
from tests.tiny_model import write_tiny_model
from workers import provenance
from workers.describing import model_record
from workers.provenance import cpu_name, device_name, fingerprint_of, provenance_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_tiny_model(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def classifier(folder):
    return load_classifier(folder)


def test_the_same_files_have_the_same_fingerprint(folder, classifier):
    assert fingerprint_of(load_classifier(folder)) == fingerprint_of(classifier)


def test_other_weights_have_another_fingerprint(classifier):
    other = replace(classifier, sha256="0" * 64)

    assert fingerprint_of(other) != fingerprint_of(classifier)


def test_another_preprocessing_of_the_same_weights_has_another_fingerprint(classifier):
    manifest = classifier.manifest
    other = manifest.model_copy(
        update={"input": manifest.input.model_copy(update={"preprocessing": "torch"})}
    )

    assert fingerprint_of(replace(classifier, manifest=other)) != fingerprint_of(classifier)


def test_another_precision_has_another_fingerprint(folder, classifier):
    halves = load_classifier(folder, precision="bfloat16")

    assert (precision_of(classifier), precision_of(halves)) == ("float32", "bfloat16+float32")
    assert fingerprint_of(halves) != fingerprint_of(classifier)


def test_another_version_of_a_library_has_another_fingerprint(classifier, monkeypatch):
    earlier = fingerprint_of(classifier)
    monkeypatch.setattr(provenance, "version", lambda _: "9.9.9")

    assert fingerprint_of(classifier) != earlier


def test_a_record_has_the_fingerprint_that_replies_will_have(classifier):
    computed = provenance_of(classifier)

    assert model_record(classifier).fingerprint == computed.fingerprint
    assert computed.versions["tensorflow"] == tf.__version__
    assert computed.versions["keras"] == keras.__version__
    assert computed.versions["numpy"] == np.__version__
    assert computed.device == device_name()


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ("processor\t: 0\nmodel name\t: AMD EPYC 9B14\nflags\t: fpu\n", "AMD EPYC 9B14"),
        ("model name\t:\nmodel name\t: A: B\n", "A: B"),
    ],
)
def test_a_processor_is_called_what_linux_calls_it(facts, name):
    assert cpu_name(facts) == name


def test_a_processor_without_a_name_is_called_by_its_kind():
    assert cpu_name("processor : 0\nBogoMIPS : 50\n")
    assert cpu_name("") == cpu_name("processor : 0\n")
