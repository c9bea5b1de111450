"""A model's folder: what it may be called, and finding files that do not lead out of it."""

import re
from pathlib import Path

from core.errors import ManifestError

MODEL_NAME_PATTERN = r"^[a-z0-9][a-z0-9_.-]{0,63}$"
"""Names that need no quoting in URLs, keys and file names."""


def check_name(folder: Path) -> None:
    """Check that a folder's name can be a model's.

    Raises:
        ManifestError: it cannot.
    """
    if re.fullmatch(MODEL_NAME_PATTERN, folder.name) is None:
        raise ManifestError(
            folder.name[:100],
            "a model's name has small letters, digits, '_', '.' and '-' only, at most 64, "
            "and begins with a letter or digit",
        )


def path_in(folder: Path, name: str) -> Path:
    """Find what a manifest names, a file or a folder, which must lie inside the model's folder.

    Raises:
        ManifestError: the name leads out of the folder, be it by a link, or there is none.
    """
    try:
        path = (folder / name).resolve()
        is_present = path.exists()
    except (OSError, ValueError, RuntimeError) as error:
        raise ManifestError(folder.name, f"{name[:100]!r} is no name of a file") from error
    if ".." in Path(name).parts or not path.is_relative_to(folder.resolve()):
        raise ManifestError(folder.name, f"file {name[:100]!r} lies outside the model's folder")
    if not is_present:
        raise ManifestError(folder.name, f"there is no file {name[:100]!r}")
    return path


def file_in(folder: Path, name: str) -> Path:
    """Find a file that a manifest names, which must lie inside the folder.

    Raises:
        ManifestError: the name leads out of the folder, or there is no such file.
    """
    path = path_in(folder, name)
    if not path.is_file():
        raise ManifestError(folder.name, f"{name[:100]!r} is no file")
    return path
