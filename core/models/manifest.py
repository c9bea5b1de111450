"""The manifest of a model folder, `model.toml`: what the files are and how to feed them.

```toml
title = "Cats and dogs"
[weights]
file = "catsdogs.keras"
[input]
width = 128
height = 128
preprocessing = "tf"
[output]
activation = "softmax"
classes = ["cat", "dog"]
```
"""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core.errors import ManifestError
from core.models.folder import file_in
from core.models.labels import imagenet_labels, labels_of_file

MANIFEST_FILE = "model.toml"

NEEDS_COLOURS = ("caffe", "torch", "application")
"""Preprocessings with another constant for each colour."""

Name = Annotated[str, Field(min_length=1, max_length=200)]
Label = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]


class _Section(BaseModel):
    """A table of the manifest: frozen, and strict about what it may hold."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Weights(_Section):
    """Where the network and its weights come from."""

    file: Name | None = None
    """A `.keras` or `.h5` file in the model's folder that holds the whole network, or the
    folder of a SavedModel, which only a trusting operator can load."""
    code: Name | None = None
    """A Python file in the folder that registers the network's own classes with Keras
    (`keras.saving.register_keras_serializable`); run only if the operator trusts it."""
    application: Name | None = None
    """Name of an architecture in `keras.applications`, in place of `file`."""
    weights: Name | None = None
    """For an application: "imagenet", or a `.weights.h5` file in the folder; by default it is
    left untrained."""
    arguments: dict[str, Any] = {}
    """For an application: its own arguments, such as `{ alpha = 0.75 }`."""
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    """Checked against the file at load, if given."""

    @model_validator(mode="after")
    def _one_source(self) -> "Weights":
        if (self.file is None) == (self.application is None):
            raise ValueError("give either `file` or `application`")
        if self.file is not None and (self.weights or self.arguments):
            raise ValueError("`weights` and `arguments` go with `application`, not with `file`")
        if self.file is None and self.code is not None:
            raise ValueError("`code` goes with `file`, not with `application`")
        return self


class Input(_Section):
    """What the network is fed."""

    width: Annotated[int, Field(ge=1, le=4096)]
    """Pixels."""
    height: Annotated[int, Field(ge=1, le=4096)]
    """Pixels."""
    channels: Literal["rgb", "bgr", "grayscale"] = "rgb"
    """Colour order of the network's input."""
    preprocessing: Literal["tf", "caffe", "torch", "unit", "raw", "application"]
    """How 0..255 becomes the network's units; named as in `keras.applications`."""
    name: Name | None = None
    """Name of the input that takes the image, where a network has several."""
    auxiliary: dict[Name, Any] = {}
    """What the network's other inputs are fed, by name: a number, or nested lists of numbers,
    the same for every image and without the batch."""

    @model_validator(mode="after")
    def _go_together(self) -> "Input":
        if self.channels == "grayscale" and self.preprocessing in NEEDS_COLOURS:
            raise ValueError(
                f"preprocessing {self.preprocessing!r} needs colours, not grayscale"
            )
        if self.channels == "bgr" and self.preprocessing == "application":
            raise ValueError("preprocessing 'application' sets the colour order itself")
        if self.auxiliary and self.name is None:
            raise ValueError("with `auxiliary` inputs, say by `name` which input is the image")
        if self.name in self.auxiliary:
            raise ValueError(f"input {self.name!r} cannot be both the image and auxiliary")
        for name, value in self.auxiliary.items():
            if not _is_numeric(value):
                raise ValueError(f"auxiliary.{name} is no number nor regular list of numbers")
        return self


class Output(_Section):
    """What the network answers."""

    activation: Literal["softmax", "sigmoid", "logits", "sigmoid-logits"]
    """What the network ends in; "sigmoid-logits" is a sigmoid that is left out."""
    classes: Annotated[list[Label], Field(min_length=2)] | Literal["imagenet"] | None = None
    """Labels in index order, or "imagenet" for its 1,000. Labels may repeat."""
    classes_file: Name | None = None
    """A JSON list of labels in the folder, in place of `classes`."""
    name: Name | None = None
    """Name of the output that scores the classes, where a network has several."""
    index: Annotated[int, Field(ge=0)] | None = None
    """Index of that output, in place of its name."""

    @model_validator(mode="after")
    def _one_source(self) -> "Output":
        if (self.classes is None) == (self.classes_file is None):
            raise ValueError("give either `classes` or `classes_file`")
        if self.name is not None and self.index is not None:
            raise ValueError("give either `name` or `index`")
        return self


class Explain(_Section):
    """Defaults of explanations."""

    layer: Name | None = None
    """Layer of the CAM family; by default the last one with a spatial map."""


class Manifest(_Section):
    """A model folder's `model.toml`."""

    title: Annotated[str, Field(max_length=200)] = ""
    """A line that says what the model tells apart."""
    description: Annotated[str, Field(max_length=10_000)] = ""
    """A paragraph about it."""
    license: Annotated[str, Field(max_length=200)] = ""
    """Of the weights."""
    weights: Weights
    input: Input
    output: Output
    explain: Explain = Explain()

    @model_validator(mode="after")
    def _application_prepares(self) -> "Manifest":
        if self.input.preprocessing == "application" and self.weights.application is None:
            raise ValueError("preprocessing 'application' goes with `weights.application`")
        return self


def read_manifest(folder: Path) -> Manifest:
    """Read and check a model folder's manifest.

    Raises:
        ManifestError: there is none, it is no TOML, or a field is missing, unknown or wrong.
    """
    try:
        text = (folder / MANIFEST_FILE).read_text(encoding="utf-8")
        return Manifest.model_validate(tomllib.loads(text))
    except OSError as error:
        raise ManifestError(folder.name, f"{MANIFEST_FILE} cannot be read") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ManifestError(folder.name, f"{MANIFEST_FILE} is no TOML: {error}") from error
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors()
        )
        raise ManifestError(folder.name, f"{MANIFEST_FILE}: {faults}") from error


def class_labels(manifest: Manifest, folder: Path) -> tuple[str, ...]:
    """Give the labels of a model's classes, in index order.

    Raises:
        ManifestError: the labels' file is missing or wrong.
    """
    output = manifest.output
    if output.classes_file is not None:
        path = file_in(folder, output.classes_file)
        try:
            return labels_of_file(path)
        except (OSError, ValueError, RecursionError) as error:
            raise ManifestError(folder.name, f"{output.classes_file}: {error}") from error
    if isinstance(output.classes, list):
        return tuple(output.classes)
    return imagenet_labels()


def _is_numeric(value: object) -> bool:
    """Whether a value of the manifest is a number or a regular nest of lists of numbers."""
    try:
        return np.asarray(value).dtype.kind in "biuf" and np.asarray(value).size > 0
    except ValueError:
        return False
