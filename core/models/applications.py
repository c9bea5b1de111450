"""The architectures of `keras.applications`: their builders and their own preprocessing."""

import inspect
import sys
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from core.errors import ManifestError, ModelFileError
from core.models.folder import file_in
from core.models.hdf5_files import check_hdf5_file
from core.models.manifest import Weights
from core.models.plain_words import plain_words

Builder = Callable[..., keras.Model]

RESERVED_ARGUMENTS = frozenset({"weights", "input_tensor"})
"""What `[weights.arguments]` may not say: the manifest has its own place for it, or none."""


@cache
def builders() -> dict[str, Builder]:
    """Give every model builder of `keras.applications` by its name."""
    return {
        name: member
        for name, member in vars(keras.applications).items()
        if inspect.isfunction(member) and "weights" in inspect.signature(member).parameters
    }


def builder(folder: str, application: str) -> Builder:
    """Find an architecture by its name.

    Raises:
        ManifestError: there is none of that name; the nearest are named.
    """
    if application not in builders():
        names = list(builders())
        nearest = get_close_matches(application, names, n=3, cutoff=0.3) or names[:3]
        raise ManifestError(
            folder,
            f"keras.applications has no architecture {application[:100]!r}; "
            f"the nearest are {', '.join(nearest)}",
        )
    return builders()[application]


def own_preprocessing(application: str) -> Callable[[tf.Tensor], tf.Tensor]:
    """Give the function with which an architecture's authors prepare 0..255 RGB images."""
    module = sys.modules[builders()[application].__module__]
    prepare: Callable[[tf.Tensor], tf.Tensor] = module.preprocess_input
    return prepare


def load_application(folder: Path, weights: Weights) -> keras.Model:
    """Build an architecture of `keras.applications` and give it its weights.

    Raises:
        ManifestError: no such architecture, an argument that it does not take, no such file.
        ModelFileError: the weights cannot be fetched or are no safe HDF5 file.
    """
    build = builder(folder.name, str(weights.application))
    check_arguments(folder.name, build, weights.arguments)
    if weights.weights == "imagenet":
        return with_imagenet_weights(folder.name, build, weights)
    network = build(weights=None, **weights.arguments)
    if weights.weights is not None:
        path = file_in(folder, weights.weights)
        check_hdf5_file(folder.name, path)
        network.load_weights(path)
    return network


def check_arguments(folder: str, build: Builder, arguments: dict[str, Any]) -> None:
    """Refuse what an architecture does not take.

    Raises:
        ManifestError: an argument is unknown or reserved.
    """
    known = set(inspect.signature(build).parameters) - RESERVED_ARGUMENTS
    unknown = sorted(set(arguments) - known)
    if unknown:
        raise ManifestError(
            folder,
            f"weights.arguments: {build.__name__} takes no {', '.join(unknown)}; "
            f"it takes {', '.join(sorted(known))}",
        )


def with_imagenet_weights(folder: str, build: Builder, weights: Weights) -> keras.Model:
    """Let Keras fetch the ImageNet weights, from its cache or over the network.

    Raises:
        ManifestError: the architecture refuses its arguments with these weights.
        ModelFileError: they are not in the cache and cannot be downloaded.
    """
    try:
        return build(weights="imagenet", **weights.arguments)
    except (ValueError, TypeError) as error:
        raise ManifestError(
            folder, f"{build.__name__} with ImageNet weights: {plain_words(error)}"
        ) from error
    except Exception as error:  # `get_file` raises bare Exceptions
        raise ModelFileError(
            folder,
            f"the ImageNet weights of {build.__name__} are not in Keras' cache and could not "
            "be downloaded; put their file in the folder and name it in weights.weights",
        ) from error
