"""Write what was learned as a model folder, which the service hosts as it is.

NAME/model.toml           the manifest
NAME/NAME.keras           the network in float32, without optimizer
NAME/report.json          what was measured, and every knob
NAME/learning_curve.png   the run, epoch by epoch
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import keras

from core.models.manifest import Input, read_manifest
from training.evaluate import Evaluation
from training.learning_curve import CurvePoint, draw_learning_curve

INPUT_FIELDS: Final = {"width", "height", "channels", "preprocessing"}
"""Of the manifest's input, those that our networks need."""
MAP_RANK: Final = 4
"""Batch, height, width, channels."""


@dataclass(frozen=True)
class FolderTexts:
    """What people read of a model."""

    title: str
    description: str
    license: str


def write_model_folder(
    folder: Path,
    network: keras.Model,
    *,
    fed: Input,
    classes: Sequence[str],
    texts: FolderTexts,
) -> None:
    """Write weights and manifest, then read the manifest back as the service would.

    Args:
        folder: made if absent; its name names the weights' file.
        network: from preprocessed images to softmax probabilities.
        fed: the size and preprocessing of its input.
        classes: in the order of the probabilities.
        texts: for people.

    Raises:
        ManifestError: the manifest would not be accepted.
    """
    folder.mkdir(parents=True, exist_ok=True)
    weights = folder / f"{folder.name}.keras"
    # `save` keeps the optimizer of a compiled model; these are never compiled.
    network.save(weights)
    manifest = {
        "": {
            "title": texts.title,
            "description": texts.description,
            "license": texts.license,
        },
        "weights": {
            "file": weights.name,
            "sha256": hashlib.sha256(weights.read_bytes()).hexdigest(),
        },
        "input": fed.model_dump(include=INPUT_FIELDS),
        "output": {"activation": "softmax", "classes": list(classes)},
        "explain": {"layer": last_map_layer(network)},
    }
    (folder / "model.toml").write_text(toml_text(manifest), encoding="utf-8")
    read_manifest(folder)


def write_report(
    folder: Path,
    *,
    evaluations: Mapping[str, Evaluation],
    curve: Sequence[CurvePoint],
    facts: Mapping[str, Any],
) -> None:
    """Write the report and the picture of the learning curve.

    Args:
        folder: of the model.
        evaluations: by the name of the images that they were measured on.
        curve: at least one point.
        facts: anything else that JSON can hold, as the plan of the run.
    """
    report = {
        **{name: evaluation.as_json() for name, evaluation in evaluations.items()},
        "learning_curve": [vars(point) for point in curve],
        **facts,
    }
    text = json.dumps(report, indent=2) + "\n"
    (folder / "report.json").write_text(text, encoding="utf-8")
    draw_learning_curve(curve, folder / "learning_curve.png")


def last_map_layer(network: keras.Model) -> str:
    """Name the last layer whose output has a height and a width of more than one pixel."""
    spatial = [
        layer.name
        for layer in network.layers
        if len(layer.output.shape) == MAP_RANK and min(layer.output.shape[1:3]) > 1
    ]
    return str(spatial[-1])


def toml_text(tables: Mapping[str, Mapping[str, Any]]) -> str:
    """Write tables of texts, numbers and lists of texts as TOML; the table "" comes first.

    JSON's texts, numbers and lists are TOML's too.
    """
    parts = []
    for name, fields in tables.items():
        lines = [f"[{name}]"] if name else []
        lines += [
            f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"
