"""Getting a Keras network out of a model's folder, safely unless the operator trusts it."""

import importlib.util
from pathlib import Path

import keras

from core.errors import CoreError, ManifestError, ModelFileError
from core.models.applications import load_application
from core.models.folder import file_in, path_in
from core.models.manifest import Manifest
from core.models.plain_words import plain_words
from core.models.saved_model import is_saved_model, load_saved_model
from core.models.weight_files import check_weight_file


def load_network(folder: Path, manifest: Manifest, *, trust_code: bool) -> keras.Model:
    """Load the Keras network that a manifest names.

    Args:
        folder: the model's folder.
        manifest: its manifest.
        trust_code: let the network run code of its own; without it, none is executed.

    Raises:
        ManifestError: a file is missing, lies outside the folder, or no such architecture.
        ModelFileError: Keras cannot read it, or it needs code and is not trusted.
    """
    try:
        if manifest.weights.application is not None:
            return load_application(folder, manifest.weights)
        path = path_in(folder, str(manifest.weights.file))
        if path.is_dir():
            return load_folder(folder, path, manifest, trust_code=trust_code)
        return load_file(folder, path, manifest.weights.code, trust_code=trust_code)
    except CoreError:
        raise
    except Exception as error:  # Keras raises whatever its readers raise
        raise ModelFileError(
            folder.name, f"the weights cannot be loaded: {plain_words(error)}"
        ) from error


def load_file(folder: Path, path: Path, code: str | None, *, trust_code: bool) -> keras.Model:
    """Load a `.keras` or `.h5` file, after its own code if it needs and may run any.

    Raises:
        ManifestError: the code's file is missing.
        ModelFileError: the file is damaged or hostile, or needs code and is not trusted.
    """
    if code is not None:
        run_code(folder, code, trust_code=trust_code)
    check_weight_file(folder.name, path, trust_code=trust_code)
    network = keras.models.load_model(path, compile=False, safe_mode=not trust_code)
    if not isinstance(network, keras.Model):
        raise ModelFileError(
            folder.name, f"{path.name} holds a {type(network).__name__}, no model"
        )
    return network


def load_folder(
    folder: Path, path: Path, manifest: Manifest, *, trust_code: bool
) -> keras.Model:
    """Load a SavedModel, which is a program: it can read and write files.

    Raises:
        ModelFileError: it is none, or not trusted.
    """
    if not is_saved_model(path):
        raise ManifestError(folder.name, f"{path.name!r} is a folder, but no SavedModel")
    if not trust_code:
        raise ModelFileError(
            folder.name,
            f"{path.name} is a SavedModel, a program that runs only if the operator trusts it",
        )
    return load_saved_model(path, manifest)


def run_code(folder: Path, name: str, *, trust_code: bool) -> None:
    """Run the Python file that registers a network's own classes with Keras.

    Raises:
        ManifestError: there is no such file.
        ModelFileError: the operator does not trust it, or it fails.
    """
    path = file_in(folder, name)
    if not trust_code:
        raise ModelFileError(
            folder.name, f"{name} is code, which runs only if the operator trusts it"
        )
    spec = importlib.util.spec_from_file_location(f"vitrine_model_{folder.name}", path)
    if spec is None or spec.loader is None:
        raise ModelFileError(folder.name, f"{name} is no Python file")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
