"""Folders are classes: which class the images of a folder have."""

from collections.abc import Collection


def classes_of(folders: Collection[str]) -> dict[str, str | None]:
    """Find the class of each folder that images are in.

    A class is a folder right below the one that everything is in, with all that is inside it:
    of `pets/cat/1.jpg` and `pets/dog/old/2.jpg`, `cat` and `dog`. If all images are in one
    folder, that is the class. Images beside the folders of the classes have none.

    Args:
        folders: paths of all folders with images in them, joined by `/`; `""` for the top.

    Returns:
        For each folder, the name of its class or none.
    """
    parts = {folder: folder.split("/") if folder else [] for folder in folders}
    if len(parts) == 1:
        return {folder: names[-1] if names else None for folder, names in parts.items()}
    depth = _shared_depth(list(parts.values()))
    return {
        folder: names[depth] if len(names) > depth else None for folder, names in parts.items()
    }


def _shared_depth(paths: list[list[str]]) -> int:
    """Count the names that all paths begin with."""
    depth = 0
    for names in zip(*paths, strict=False):
        if len(set(names)) > 1:
            break
        depth += 1
    return depth
