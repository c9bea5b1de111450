"""The index of a dataset: every image in order, in pieces that are read as they are needed.

`index/000000.json` and so on, each of up to 4096 images: a list of [path, class, bytes], the
class an index or null. Neither writing nor reading it takes memory for more than a few pieces
and the names of the folders, however many images there are.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import IO

from storage.dataset_classes import classes_of
from storage.errors import TooManyFoldersError
from storage.store import Store
from storage.stored_file import StoredFile

PIECE_IMAGES = 4096
"""About 300 kB: read in one go, and passed over in one go when images are drawn at random."""
KEPT_PIECES = 16

MAX_FOLDERS = 100_000
"""Their names are held in memory. ImageNet has 21,841 classes at its largest."""


@dataclass(frozen=True)
class IndexedImage:
    """An image of a dataset, not read yet."""

    index: int
    """Its place in the dataset, counted from 0; stays the same."""
    path: str
    label: int | None
    """Index of its class; none for an image outside of the classes."""
    bytes: int


@dataclass(frozen=True)
class IndexSummary:
    """What an index comes to."""

    images: int
    bytes: int
    classes: list[str]
    """In alphabetical order."""
    class_images: list[int]
    """Images of each class."""


class DatasetIndex:
    """Reads the index of a dataset. May be used from any thread."""

    def __init__(self, store: Store, home: str, *, images: int) -> None:
        self._store, self._home, self._images = store, home, images
        self._piece = lru_cache(KEPT_PIECES)(self._read_piece)

    def __len__(self) -> int:
        """Count the images."""
        return self._images

    def __getitem__(self, index: int) -> IndexedImage:
        """Find an image by its place.

        Raises:
            IndexError: there is no such place.
            FileNotStoredError: the dataset has been deleted.
        """
        if not 0 <= index < self._images:
            raise IndexError(f"image {index} of {self._images}")
        path, label, size = self._piece(index // PIECE_IMAGES)[index % PIECE_IMAGES]
        return IndexedImage(index, path, label, size)

    def __iter__(self) -> Iterator[IndexedImage]:
        """Go through all images in order."""
        return (self[index] for index in range(self._images))

    def _read_piece(self, number: int) -> list[tuple[str, int | None, int]]:
        piece: list[tuple[str, int | None, int]] = json.loads(
            self._store.read(_piece_path(self._home, number))
        )
        return piece


def write_index(store: Store, home: str, files: Iterable[StoredFile]) -> IndexSummary:
    """Write the index of a dataset.

    Args:
        store: that keeps the index.
        home: prefix of the dataset's files in it.
        files: every image, in the order that is to be theirs.

    Raises:
        TooManyFoldersError: the images are in more folders than are taken.
        StorageError: what the store raises.
    """
    # The classes are known when all paths are; until then these are on this machine's disk.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        folders, total_bytes = _spool(files, spool)
        class_names = classes_of(folders)
        counts: Counter[str] = Counter()
        for folder, name in class_names.items():
            if name is not None:
                counts[name] += folders[folder]
        classes = sorted(counts)
        labels: dict[str | None, int] = {name: label for label, name in enumerate(classes)}
        spool.seek(0)
        _write_pieces(
            store, home, spool, {folder: labels.get(class_names[folder]) for folder in folders}
        )
    return IndexSummary(
        images=folders.total(),
        bytes=total_bytes,
        classes=classes,
        class_images=[counts[name] for name in classes],
    )


def _spool(files: Iterable[StoredFile], spool: IO[str]) -> tuple[Counter[str], int]:
    """Write the images down, and count those of each folder, and the bytes of all.

    Raises:
        TooManyFoldersError: they are in more folders than are taken.
    """
    folders: Counter[str] = Counter()
    total_bytes = 0
    for file in files:
        folders[file.path.rpartition("/")[0]] += 1
        if len(folders) > MAX_FOLDERS:
            raise TooManyFoldersError(MAX_FOLDERS)
        total_bytes += file.bytes
        spool.write(json.dumps([file.path, file.bytes]) + "\n")
    return folders, total_bytes


def _write_pieces(
    store: Store, home: str, spool: IO[str], labels: dict[str, int | None]
) -> None:
    """Write the pieces of an index, each as soon as it is full."""
    piece: list[tuple[str, int | None, int]] = []
    number = 0
    for line in spool:
        path, size = json.loads(line)
        piece.append((path, labels[path.rpartition("/")[0]], size))
        if len(piece) == PIECE_IMAGES:
            store.write(_piece_path(home, number), json.dumps(piece).encode())
            piece = []
            number += 1
    if piece:
        store.write(_piece_path(home, number), json.dumps(piece).encode())


def _piece_path(home: str, number: int) -> str:
    return f"{home}/index/{number:06}.json"
