"""Find the photographs to learn from: one folder a class, some of them held out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from training.errors import ClassesDifferError, NoClassesError, NoImagesError, TooFewImagesError

IMAGE_SUFFIXES: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff"}
)
FEWEST_CLASSES: Final = 2
"""One class alone cannot be told from anything."""
FEWEST_TO_DIVIDE: Final = 2
"""Of a class: one image to learn from, one to hold out."""


@dataclass(frozen=True)
class LabelledImages:
    """Photographs by path, each with the index of its class."""

    paths: tuple[Path, ...]
    labels: tuple[int, ...]
    classes: tuple[str, ...]

    def __len__(self) -> int:
        """Count the photographs."""
        return len(self.paths)

    def chosen(self, indices: NDArray[np.intp]) -> "LabelledImages":
        """Keep the photographs at these indices [K], in that order."""
        return LabelledImages(
            tuple(self.paths[index] for index in indices),
            tuple(self.labels[index] for index in indices),
            self.classes,
        )

    def joined(self, others: "LabelledImages") -> "LabelledImages":
        """Append other photographs of the same classes.

        Raises:
            ClassesDifferError: the others have other classes.
        """
        if self.classes != others.classes:
            raise ClassesDifferError(self.classes, others.classes)
        return LabelledImages(
            self.paths + others.paths, self.labels + others.labels, self.classes
        )


def labelled_images(folder: Path, *, classes: tuple[str, ...] | None = None) -> LabelledImages:
    """List the decodable photographs of a folder that has one folder a class.

    Classes and files are taken in alphabetical order, so that the same folder gives the
    same indices everywhere. Files whose header cannot be read are left out.

    Args:
        folder: holds one folder a class.
        classes: the names expected, or None to take the folders as they are.

    Returns:
        Every photograph, class by class.

    Raises:
        NoClassesError: fewer than two folders of classes.
        NoImagesError: a class without a decodable photograph.
        ClassesDifferError: the folders are not the classes expected.
    """
    found = _class_names(folder)
    if len(found) < FEWEST_CLASSES:
        raise NoClassesError(folder, found)
    if classes is not None and set(found) != set(classes):
        raise ClassesDifferError(classes, found)
    names = classes or found
    paths: list[Path] = []
    labels: list[int] = []
    for label, name in enumerate(names):
        decodable = decodable_images(folder / name)
        paths += decodable
        labels += [label] * len(decodable)
    return LabelledImages(tuple(paths), tuple(labels), names)


def decodable_images(folder: Path) -> list[Path]:
    """List the images of a folder and of those below it, in alphabetical order.

    Raises:
        NoImagesError: not one of its files is an image.
    """
    candidates = sorted(_image_files(folder))
    with ThreadPoolExecutor() as readers:
        readable = list(readers.map(_has_readable_header, candidates))
    decodable = [path for path, good in zip(candidates, readable, strict=True) if good]
    if not decodable:
        raise NoImagesError(folder, len(candidates))
    return decodable


def held_out_split(
    images: LabelledImages, *, fraction: float, seed: int
) -> tuple[LabelledImages, LabelledImages]:
    """Divide the images by chance into those to learn from and those held out.

    Each class gives the same fraction, and at least one image.

    Args:
        images: all photographs.
        fraction: share of each class to hold out, between 0 and 1.
        seed: the same seed divides the same images alike.

    Returns:
        (to learn from, held out), each in the order of `images`.

    Raises:
        TooFewImagesError: a class has fewer than two images.
    """
    generator = np.random.default_rng(seed)
    labels = np.asarray(images.labels)
    is_held_out = np.zeros(len(images), dtype=bool)
    for label, name in enumerate(images.classes):
        members = np.flatnonzero(labels == label)
        if len(members) < FEWEST_TO_DIVIDE:
            raise TooFewImagesError(name, len(members))
        count = min(max(1, round(fraction * len(members))), len(members) - 1)
        is_held_out[generator.permutation(members)[:count]] = True
    return (
        images.chosen(np.flatnonzero(~is_held_out)),
        images.chosen(np.flatnonzero(is_held_out)),
    )


def _class_names(folder: Path) -> tuple[str, ...]:
    """Name the folders directly below, in alphabetical order; hidden ones are no classes."""
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(
            child.name
            for child in folder.iterdir()
            if child.is_dir() and not child.name.startswith(".")
        )
    )


def _image_files(folder: Path) -> Iterator[Path]:
    """Yield every file below the folder that is named like an image."""
    return (
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in IMAGE_SUFFIXES and path.is_file()
    )


def _has_readable_header(path: Path) -> bool:
    """Say whether Pillow knows the file's format; its pixels are not decoded."""
    try:
        with Image.open(path):
            return True
    except (UnidentifiedImageError, OSError):
        return False
