"""Loading a model from its folder: the network, its labels, its layers, its checksum."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import tensorflow as tf

from core.errors import CoreError, ManifestError, ModelFileError
from core.models.classifier import Classifier
from core.models.folder import path_in
from core.models.folding import folding_of
from core.models.forms import image_shape
from core.models.layers import LayerDescription
from core.models.manifest import Manifest, Weights, class_labels, read_manifest
from core.models.mismatch import MismatchError
from core.models.network import load_network
from core.models.plain_words import plain_words
from core.models.precision import Precision, compute_in_bfloat16
from core.models.randomized_head import last_weighted_layer
from core.models.self_test import alike, tolerance, untrue_beliefs
from core.models.self_test_probe import random_images
from core.models.structure import missing_structure
from core.models.survey import survey

CHUNK_BYTES = 1 << 20


def load_classifier(
    folder: Path, *, trust_code: bool = False, precision: Precision = "float32"
) -> Classifier:
    """Load the model of a folder, look it over and test what methods may do with it.

    Args:
        folder: holds `model.toml` and the files that it names; the model has its name.
        trust_code: whether the operator lets this model run code of its own (Lambda layers,
            `weights.code`, SavedModels); without it, nothing in the folder is executed.
        precision: in which the network's layers compute, up to its head.

    Raises:
        ManifestError: the manifest is missing or wrong, or disagrees with the network.
        ModelFileError: the weights are missing, damaged, unsafe or of another network.
    """
    folder = folder.resolve()
    manifest = read_manifest(folder)
    sha256 = checksum(folder, manifest.weights)
    network = load_network(folder, manifest, trust_code=trust_code)
    classifier = Classifier(
        name=folder.name,
        manifest=manifest,
        network=network,
        classes=class_labels(manifest, folder),
        layers={},
        default_layer="",
        sha256=sha256,
    )
    try:
        return looked_over(classifier, precision)
    except CoreError:
        raise
    except MismatchError as error:
        raise ManifestError(folder.name, str(error)) from error
    except Exception as error:  # a network's own layers raise whatever they like
        raise ModelFileError(
            folder.name, f"the network does not run: {plain_words(error)}"
        ) from error


def looked_over(classifier: Classifier, precision: Precision) -> Classifier:
    """Note down the network's layers and what methods will miss.

    Raises:
        ManifestError: the labels are not as many as the classes, or `explain.layer` is wrong.
        MismatchError: the network's inputs, output or activation are not the manifest's, or it
            cannot compute in that precision.
    """
    refuse_other_size(classifier)
    found = survey(classifier.network, classifier.logits, example_of(classifier))
    if found.class_count != len(classifier.classes):
        raise ManifestError(
            classifier.name, f"{len(classifier.classes)} labels for {found.class_count} classes"
        )
    described = replace(
        classifier,
        layers=found.layers,
        default_layer=default_layer(classifier.name, classifier.manifest, found.layers),
    )
    described = folded(described)
    if precision == "bfloat16":
        compute_in_bfloat16(described)
    missing = untrue_beliefs(described) | missing_structure(described, found.rectifiers)
    return replace(described, missing=missing)


def folded(classifier: Classifier) -> Classifier:
    """Let the network compute in fewer steps, provided that its output stays what it is.

    Its head is not folded: the weights there are drawn anew for the test of what a map sees.
    """
    head = last_weighted_layer(classifier)
    folding = folding_of(
        classifier.network,
        classifier.raw_output,
        example_of(classifier),
        changing=[head] if head else [],
    )
    images = random_images(classifier)
    shorter = replace(classifier, folding=folding)
    own, found = (one.raw_output(images).numpy() for one in (classifier, shorter))
    return shorter if alike(found, own, tolerance(classifier)) else classifier


def example_of(classifier: Classifier) -> tf.Tensor:
    """Give one black image as the network is fed it: [1, H, W, C]."""
    fed = classifier.manifest.input
    return classifier.preprocess(tf.zeros((1, fed.height, fed.width, 3), tf.uint8))


def refuse_other_size(classifier: Classifier) -> None:
    """Check the manifest's image size against the network's, where that is fixed.

    Raises:
        MismatchError: they differ.
    """
    fed = example_of(classifier).shape[1:]
    taken = image_shape(classifier.network, classifier.manifest.input)
    if taken is not None and not fed.is_compatible_with(taken):
        raise MismatchError(
            f"the manifest feeds images of [height, width, channels] {list(fed)}; "
            f"the network takes {list(taken)}"
        )


def checksum(folder: Path, weights: Weights) -> str:
    """Give the SHA-256 of the weights' file, or of the recipe where Keras fetches them.

    Of a SavedModel's folder, all files count, with their names.

    Raises:
        ManifestError: the file is missing, or its checksum is not the manifest's.
    """
    name = weights.file or weights.weights
    if name in (None, "imagenet"):
        return hashlib.sha256(weights.model_dump_json().encode()).hexdigest()
    digest = hashlib.sha256()
    for part in parts_of(path_in(folder, str(name))):
        digest.update(part)
    if weights.sha256 not in (None, digest.hexdigest()):
        raise ManifestError(folder.name, f"{name} has not the SHA-256 that the manifest gives")
    return digest.hexdigest()


def parts_of(path: Path) -> Iterator[bytes]:
    """Read a file, or all files of a folder after their names, a piece at a time."""
    if path.is_dir():
        for member in sorted(path.rglob("*")):
            yield member.relative_to(path).as_posix().encode()
            if member.is_file():
                yield from parts_of(member)
        return
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def default_layer(name: str, manifest: Manifest, layers: dict[str, LayerDescription]) -> str:
    """Choose the layer of the CAM family: the manifest's, or the last with a spatial map.

    Empty where the network has none.

    Raises:
        ManifestError: the manifest's layer does not exist or cannot be explained.
    """
    chosen = manifest.explain.layer
    if chosen is None:
        explainable = [layer.name for layer in layers.values() if layer.is_explainable]
        return explainable[-1] if explainable else ""
    if chosen not in layers:
        raise ManifestError(name, f"explain.layer: the network has no layer {chosen!r}")
    if layers[chosen].refusal is not None:
        raise ManifestError(name, f"explain.layer {chosen!r}: {layers[chosen].refusal}")
    return chosen
