"""Write down a run after every epoch, so that a killed one goes on where it was.

A checkpoint is one npz file: arrays `GROUP/INDEX` in the order of the variables, and the
JSON text `progress`. It is written beside and then renamed: a kill leaves the old one.
"""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from training.errors import CheckpointMismatchError

Arrays = list[NDArray[Any]]


def values_of(variables: Sequence[keras.Variable]) -> Arrays:
    """Copy the values of variables, in order."""
    return [np.array(variable.numpy()) for variable in variables]


def assign_values(variables: Sequence[keras.Variable], values: Sequence[NDArray[Any]]) -> None:
    """Give variables the values, in order; there must be as many."""
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value)


def save_checkpoint(
    path: Path, groups: Mapping[str, Sequence[NDArray[Any]]], progress: Mapping[str, Any]
) -> None:
    """Replace the checkpoint at `path` in one step.

    Args:
        path: the npz file to write.
        groups: lists of arrays by name.
        progress: what JSON can hold; read back by `load_checkpoint`.
    """
    arrays: dict[str, Any] = {
        f"{group}/{index}": value
        for group, values in groups.items()
        for index, value in enumerate(values)
    }
    written = path.with_suffix(".writing")
    path.parent.mkdir(parents=True, exist_ok=True)
    with written.open("wb") as file:
        np.savez(file, progress=np.array(json.dumps(progress)), **arrays)
    os.replace(written, path)


def load_checkpoint(path: Path) -> tuple[dict[str, Arrays], dict[str, Any]] | None:
    """Read (groups, progress) as they were saved, or None if there is no checkpoint."""
    if not path.is_file():
        return None
    groups: dict[str, dict[int, NDArray[Any]]] = {}
    with np.load(path) as file:
        progress = json.loads(str(file["progress"]))
        for key in file.files:
            if key != "progress":
                group, index = key.rsplit("/", 1)
                groups.setdefault(group, {})[int(index)] = file[key]
    ordered = {
        name: [found[index] for index in sorted(found)] for name, found in groups.items()
    }
    return ordered, progress


def refuse_other_run(
    path: Path, *, saved: Mapping[str, Any], wanted: Mapping[str, Any]
) -> None:
    """Refuse to go on with a checkpoint whose settings differ from those wanted.

    Raises:
        CheckpointMismatchError: names the settings that differ.
    """
    plain = json.loads(json.dumps(wanted))
    differing = sorted(key for key in {*saved, *plain} if saved.get(key) != plain.get(key))
    if differing:
        raise CheckpointMismatchError(path, differing)
