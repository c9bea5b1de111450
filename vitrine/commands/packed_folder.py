"""A folder of images as the archive that a service takes, for as long as it is sent."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer


@contextmanager
def packed(images: Path) -> Iterator[Path]:
    """Give an archive: the file itself, or a folder's files in a zip that is gone afterwards.

    Hidden files stay out. Nothing is compressed: images are already.

    Raises:
        typer.BadParameter: there is no file in the folder.
    """
    if images.is_file():
        yield images
        return
    files = sorted(_files_in(images))
    if not files:
        raise typer.BadParameter(f"there is no file in {images}", param_hint="IMAGES")
    with tempfile.TemporaryDirectory(prefix="vitrine-") as folder:
        archive = Path(folder) / f"{images.resolve().name}.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED, strict_timestamps=False) as made:
            for file in files:
                made.write(file, file.relative_to(images))
        yield archive


def _files_in(folder: Path) -> Iterator[Path]:
    """Go through the files that are neither hidden nor in a hidden folder."""
    for path in folder.rglob("*"):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not is_hidden:
            yield path
