"""Where the pictures and numbers of an answer are written."""

import base64
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import typer

from api_schemas.explanations import ExplanationAnswer
from api_schemas.localization import LocalizationAnswer
from vitrine.client.results import array

PICTURES = ("overlay", "heatmap", "contour", "consensus", "mask")
"""Members of answers that are PNG files; the first of them is the one picture of an answer."""
PICTURE, NUMBERS = ".png", ".npy"

Answer = ExplanationAnswer | LocalizationAnswer


def check_place(out: Path | None, images: Sequence[Path]) -> None:
    """Refuse one file for many images, or a file of another kind, before anything is asked.

    Raises:
        typer.BadParameter: it is such a file.
    """
    if out is None or not out.suffix or out.is_dir():
        return
    if out.suffix not in (PICTURE, NUMBERS):
        raise typer.BadParameter(
            f"{out} is neither a folder nor a {PICTURE} or {NUMBERS} file", param_hint="--out"
        )
    if len(images) > 1:
        raise typer.BadParameter(
            f"{len(images)} images do not go into one file: name a folder", param_hint="--out"
        )


def write_outputs(answer: Answer, image: Path, out: Path | None) -> None:
    """Write what an answer holds, as `photo.overlay.png`, `photo.raw.npy`; or into one file.

    Raises:
        OutputMissingError: the answer does not hold what the one file would.
        OSError: it cannot be written.
    """
    if out is None:
        return
    files = pictures_of(answer)
    raw = getattr(answer, "raw", None)
    if out.suffix == NUMBERS and not out.is_dir():
        np.save(out, array(raw, "raw"))
    elif out.suffix == PICTURE and not out.is_dir():
        out.write_bytes(first_of(files))
    else:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (out / f"{image.stem}.{name}{PICTURE}").write_bytes(content)
        if raw is not None:
            np.save(out / f"{image.stem}.raw{NUMBERS}", array(raw, "raw"))


def pictures_of(answer: Answer) -> dict[str, bytes]:
    """Decode every picture that an answer holds, by its name."""
    encoded = {name: getattr(answer, name, None) for name in PICTURES}
    return {name: base64.b64decode(text) for name, text in encoded.items() if text}


def first_of(files: dict[str, bytes]) -> bytes:
    """Choose the one picture.

    Raises:
        OutputMissingError: there is none.
    """
    from vitrine.client.errors import OutputMissingError

    for content in files.values():
        return content
    raise OutputMissingError("overlay")
