"""A bank of random crops and what the teacher says of each, computed once for many epochs.

The teacher is slower than the student, and its answer to a crop never changes. A bank of
K crops for each of N photographs is four files in one folder:

    pixels.npy    [N*K, H, W, 3] uint8    what the student sees
    logits.npy    [N*K, C] float32        what the teacher answers to exactly that crop
    features.npy  [N*K, F] float16        the teacher's pooled features of it
    bank.json     the settings, and how many photographs are done

Rows K*n to K*n + K - 1 belong to photograph n; the first of them is the whole of it.
"""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray
from PIL import Image

from training.batches import prefetched
from training.checkpoints import refuse_other_run
from training.pixels import CropRange, Pixels, photograph, random_crop, stretched
from training.progress import Progress

PHOTOGRAPHS_PER_CHUNK: Final = 8
"""Decoded, answered by the teacher and written together; what a kill can lose."""
FILE_TYPES: Final = {"pixels": np.uint8, "logits": np.float32, "features": np.float16}
"""Of the numbers in each file."""

Answers = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Logits [B, C] and features [B, F]."""


@dataclass(frozen=True)
class BankPlan:
    """What crops to make."""

    crops_per_photograph: int
    size: tuple[int, int]
    """(height, width) in pixels of the crops that are kept."""
    teacher_size: tuple[int, int]
    """(height, width) in pixels of the same crops as the teacher sees them."""
    crops: CropRange
    seed: int


@dataclass(frozen=True)
class CropBank:
    """A finished bank, read from disk as needed."""

    pixels: Pixels
    logits: NDArray[np.float32]
    features: NDArray[np.float16]

    def __len__(self) -> int:
        """Count the crops."""
        return len(self.pixels)


def make_bank(
    paths: Sequence[Path],
    *,
    teacher: Callable[[Pixels], Answers],
    plan: BankPlan,
    folder: Path,
    progress: Progress,
) -> CropBank:
    """Make the bank in `folder`, or what is missing of it.

    A crop depends on the plan's seed and the photograph's place in `paths` only.

    Args:
        paths: the N photographs.
        teacher: maps pixels [B, H, W, 3] of `teacher_size` to logits and features.
        plan: what crops to make.
        folder: made if absent.
        progress: told of every photograph.

    Raises:
        CheckpointMismatchError: the folder holds a bank of another plan.
    """
    folder.mkdir(parents=True, exist_ok=True)
    identity = {**vars(plan), "crops": vars(plan.crops), "photographs": len(paths)}
    done = _photographs_done(folder, identity)
    chunks = range(done, len(paths), PHOTOGRAPHS_PER_CHUNK)

    def crops_of(chunk: int) -> tuple[Pixels, Pixels]:
        places = range(chunks[chunk], min(chunks[chunk] + PHOTOGRAPHS_PER_CHUNK, len(paths)))
        pairs = [photograph_crops(paths[place], place=place, plan=plan) for place in places]
        kept, shown = zip(*pairs, strict=True)
        return np.concatenate(kept), np.concatenate(shown)

    with progress.task("crop bank", len(paths)) as advance:
        advance(done)
        for kept, shown in prefetched(crops_of, len(chunks)):
            logits, features = teacher(shown)
            _write_rows(
                folder,
                {"pixels": kept, "logits": logits, "features": features},
                first=done * plan.crops_per_photograph,
                count=len(paths) * plan.crops_per_photograph,
            )
            count = len(kept) // plan.crops_per_photograph
            done += count
            _write_state(folder, identity, done)
            advance(count)
    return open_bank(folder)


def open_bank(folder: Path) -> CropBank:
    """Open a finished bank without reading it into memory."""
    pixels, logits, features = (
        np.load(folder / f"{name}.npy", mmap_mode="r")
        for name in ("pixels", "logits", "features")
    )
    return CropBank(pixels, logits, features)


def photograph_crops(path: Path, *, place: int, plan: BankPlan) -> tuple[Pixels, Pixels]:
    """Make the K crops of the photograph at a place in the list: the whole, then random ones.

    Returns:
        The crops as kept [K, H, W, 3], and the same as the teacher sees them.
    """
    image = photograph(path)
    shown = [stretched(image, plan.teacher_size)]
    for crop in range(1, plan.crops_per_photograph):
        generator = np.random.default_rng((plan.seed, place, crop))
        shown.append(
            random_crop(image, plan.teacher_size, crops=plan.crops, generator=generator)
        )
    kept = [stretched(Image.fromarray(crop), plan.size) for crop in shown]
    return np.stack(kept), np.stack(shown)


def _photographs_done(folder: Path, identity: dict[str, Any]) -> int:
    """Count the photographs whose crops are on disk; refuse a bank of another plan."""
    state = folder / "bank.json"
    if not state.is_file():
        return 0
    saved = json.loads(state.read_text())
    refuse_other_run(state, saved=saved["plan"], wanted=identity)
    return int(saved["photographs_done"])


def _write_state(folder: Path, identity: dict[str, Any], done: int) -> None:
    """Say, in one step, that so many photographs are on disk."""
    written = folder / "bank.json.writing"
    written.write_text(json.dumps({"plan": identity, "photographs_done": done}))
    os.replace(written, folder / "bank.json")


def _write_rows(
    folder: Path, rows: Mapping[str, NDArray[Any]], *, first: int, count: int
) -> None:
    """Write rows of each file from the `first` on; a file is made with room for `count`."""
    for name, values in rows.items():
        path = folder / f"{name}.npy"
        if path.is_file():
            file = open_memmap(path, mode="r+")
        else:
            shape = (count, *values.shape[1:])
            file = open_memmap(path, mode="w+", dtype=FILE_TYPES[name], shape=shape)
        file[first : first + len(values)] = values
        file.flush()
