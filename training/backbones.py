"""Make any network of keras.applications ready for classes of one's own."""

import inspect
import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np

from core.models.manifest import Input
from training.errors import (
    BackboneArgumentError,
    UnknownBackboneError,
    WeightsDownloadError,
    WeightsMismatchError,
)
from training.precision import layer_precision
from training.preprocessing import preprocessing_like

HEAD_NAME: Final = "predictions"


@dataclass(frozen=True)
class BackboneChoice:
    """Which network to start from."""

    name: str
    """A class name of keras.applications, as ResNet50V2."""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    """What that class takes besides, as alpha of MobileNet."""
    weights: str = "imagenet"
    """imagenet (Keras downloads it once), none (random), or the path of a file of weights."""
    size: tuple[int, int] = (224, 224)
    """(height, width) of the input in pixels."""


@dataclass(frozen=True)
class Learner:
    """A network with a head for one's own classes, while it learns."""

    network: keras.Model
    """From preprocessed images [B, H, W, 3] to logits [B, K] float32."""
    features: keras.Model
    """The same up to the pooled features [B, F]; shares the weights."""
    input: Input
    """What it is fed, as its manifest will say."""


def backbone_names() -> tuple[str, ...]:
    """Name every network class of keras.applications, in alphabetical order."""
    return tuple(
        sorted(
            name
            for name, member in vars(keras.applications).items()
            if name[0].isupper() and callable(member)
        )
    )


def new_learner(
    choice: BackboneChoice, *, class_count: int, seed: int, mixed_precision: bool
) -> Learner:
    """Build the backbone with its weights and an untrained head for `class_count` classes.

    Every layer stays in one flat graph, so that explanations find the backbone's layers
    by name. The batch normalization of a backbone with weights is frozen: it keeps the
    statistics it came with, which small batches of new images would only blur.

    Raises:
        UnknownBackboneError: keras.applications has no such class.
        BackboneArgumentError: the class refuses the arguments or the size.
        WeightsDownloadError: Keras cannot fetch the weights of ImageNet.
        WeightsMismatchError: the file holds the weights of another network.
    """
    height, width = choice.size
    fed = Input(width=width, height=height, preprocessing=backbone_preprocessing(choice.name))
    keras.utils.set_random_seed(seed)
    with layer_precision(mixed=mixed_precision):
        features = _build(choice, include_top=False)
        if choice.weights not in ("imagenet", "none"):
            _load_weights(features, choice)
        head = keras.layers.Dense(class_count, name=HEAD_NAME, dtype="float32")
        network = keras.Model(features.input, head(features.output))
    if choice.weights != "none":
        _freeze_normalization(network)
    return Learner(network, features, fed)


def resized_learner(learner: Learner, choice: BackboneChoice) -> Learner:
    """Build the same network for images of another size, with random weights.

    Args:
        learner: whose classes it has.
        choice: the backbone at its size.
    """
    return new_learner(
        replace(choice, weights="none"),
        class_count=learner.network.output.shape[-1],
        seed=0,
        mixed_precision=False,
    )


def servable_network(learner: Learner, choice: BackboneChoice) -> keras.Model:
    """Copy a learner into float32 layers that end in a softmax, as a model folder wants it."""
    with layer_precision(mixed=False):
        features = _build(choice, include_top=False, random=True)
        class_count = learner.network.output.shape[-1]
        head = keras.layers.Dense(class_count, activation="softmax", name=HEAD_NAME)
        network = keras.Model(features.input, head(features.output), name=choice.name.lower())
    network.set_weights(learner.network.get_weights())
    return network


def backbone_preprocessing(name: str) -> str:
    """Name the preprocessing that Keras documents for a network class.

    Raises:
        UnknownBackboneError: keras.applications has no such class, or one with a
            preprocessing that a manifest cannot express.
    """
    if name not in backbone_names():
        raise UnknownBackboneError(name, backbone_names())
    module = sys.modules[inspect.unwrap(getattr(keras.applications, name)).__module__]
    found = preprocessing_like(module.preprocess_input)
    if found is None:
        raise UnknownBackboneError(name, backbone_names())
    return found


def _freeze_normalization(network: keras.Model) -> None:
    """Let batch normalization work as in inference, also while the network learns."""
    for layer in network.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False


def _build(choice: BackboneChoice, *, include_top: bool, random: bool = False) -> keras.Model:
    """Call the class; a refusal of Keras is told as an argument of ours."""
    shape = {} if include_top else {"input_shape": (*choice.size, 3), "pooling": "avg"}
    weights = "imagenet" if choice.weights == "imagenet" and not random else None
    try:
        return getattr(keras.applications, choice.name)(
            include_top=include_top, weights=weights, **shape, **choice.arguments
        )
    except (TypeError, ValueError) as refusal:
        raise BackboneArgumentError(choice.name, str(refusal)) from refusal
    except Exception as failure:
        # Keras raises this very class where a download fails; any other is a fault.
        if type(failure) is not Exception:
            raise
        raise WeightsDownloadError(choice.name, str(failure)) from failure


def _load_weights(backbone: keras.Model, choice: BackboneChoice) -> None:
    """Load a file that holds the backbone, or the whole network with ImageNet's head."""
    path = Path(choice.weights)
    if not path.is_file():
        raise WeightsMismatchError(path, choice.name, "there is no such file")
    if _loading_fault(backbone, path) is None:
        return
    whole = _build(choice, include_top=True)
    fault = _loading_fault(whole, path)
    if fault is not None:
        raise WeightsMismatchError(path, choice.name, fault)
    # The head's weights come last, whatever the layers are called.
    for own, loaded in zip(backbone.weights, whole.weights, strict=False):
        own.assign(loaded)


def _loading_fault(network: keras.Model, path: Path) -> str | None:
    """Load a file into a network; say what is wrong with it, or None if it fits.

    Keras only warns of a layer that the file lacks. So every weight is made NaN before:
    what still is NaN afterwards was not in the file.
    """
    for weight in network.weights:
        weight.assign(np.full(weight.shape, np.nan))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            network.load_weights(path)
    except (ValueError, OSError, KeyError) as refusal:
        return str(refusal).strip().splitlines()[0]
    for weight in network.weights:
        if np.isnan(weight.numpy()).any():
            return f"it lacks {weight.path}"
    return None
