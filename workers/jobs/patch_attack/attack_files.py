"""What the stages of an attack leave for one another in the store, by name.

| checkpoint | content | written by |
|---|---|---|
| `chosen.npz` | images and patches: the arrays of `Chosen` | choose |
| `chosen.json` | how they came about: `ChosenAbout` | choose |
| `outcome-<n>.npz` | what became of some images: the arrays of `Outcome` | attack, task n |
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import numpy as np
from jaxtyping import Float, Int, UInt8

from api_schemas.schema import Schema
from storage.job_files import JobFiles
from workers.jobs.atlas.atlas_files import needed

CHOSEN, ABOUT = "chosen.npz", "chosen.json"

VANISHED = -1
"""In place of a class: the image could no longer be read."""


class ChosenAbout(Schema):
    """How images and patches were chosen."""

    images: int
    """Looked at."""
    unread: int
    """Files that could not be read as images."""
    model_sha256: str
    """Of the weights."""
    classes: tuple[str, ...]
    """Labels in index order."""
    height: int
    """Of the model's input, in pixels."""
    width: int
    """Of the model's input, in pixels."""
    grid: int
    """Of the atlas, that the patches are from."""


@dataclass(frozen=True)
class AttackPatches:
    """P patches, and the cells that they are icons of; the one that favours most first."""

    pictures: UInt8[np.ndarray, "P s s 3"]
    rows: Int[np.ndarray, " P"]
    columns: Int[np.ndarray, " P"]
    densities: Int[np.ndarray, " P"]
    favours: Float[np.ndarray, " P"]
    """Attribution to the target less that to the source."""


@dataclass(frozen=True)
class Chosen:
    """What an attack is made with."""

    numbers: Int[np.ndarray, " I"]
    """Of images in the dataset, that the model takes for the source."""
    before: Float[np.ndarray, "I 2"]
    """Probabilities of source and target."""
    patches: AttackPatches


@dataclass(frozen=True)
class Outcome:
    """What the model says of I images with P patches and their controls.

    The axes are images, patches, patch or control, sizes and places.
    """

    predicted: Int[np.ndarray, "I P 2 S L"]
    """Top class."""
    probabilities: Float[np.ndarray, "I P 2 S L 2"]
    """Of source and target."""


def write_chosen(files: JobFiles, chosen: Chosen, about: ChosenAbout) -> None:
    """Keep what an attack is made with."""
    arrays = {"numbers": chosen.numbers, "before": chosen.before, **asdict(chosen.patches)}
    files.write_checkpoint(CHOSEN, _packed(arrays))
    files.write_checkpoint(ABOUT, about.model_dump_json().encode())


def read_chosen(files: JobFiles) -> Chosen:
    """Read what an attack is made with."""
    arrays = _unpacked(needed(files, CHOSEN))
    numbers, before = arrays.pop("numbers"), arrays.pop("before")
    return Chosen(numbers, before, AttackPatches(**arrays))


def read_about(files: JobFiles) -> ChosenAbout:
    """Read how images and patches were chosen."""
    return ChosenAbout.model_validate_json(needed(files, ABOUT))


def write_outcome(files: JobFiles, task: int, outcome: Outcome) -> None:
    """Keep what became of the images of one task."""
    files.write_checkpoint(f"outcome-{task}.npz", _packed(asdict(outcome)))


def read_outcomes(files: JobFiles, *, tasks: int) -> Outcome:
    """Read what became of all images."""
    found: Sequence[dict[str, np.ndarray]] = [
        _unpacked(needed(files, f"outcome-{task}.npz")) for task in range(tasks)
    ]
    return Outcome(
        np.concatenate([one["predicted"] for one in found]),
        np.concatenate([one["probabilities"] for one in found]),
    )


def _packed(arrays: dict[str, Any]) -> bytes:
    file = BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def _unpacked(content: bytes) -> dict[str, np.ndarray]:
    with np.load(BytesIO(content), allow_pickle=False) as file:
        return dict(file)
