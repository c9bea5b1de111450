"""A dataset, opened: its images in order or by their place, read one at a time."""

from collections.abc import Iterator
from typing import Literal

from api_schemas.datasets import DatasetDetails
from api_schemas.schema import Schema
from storage.dataset_index import DatasetIndex, IndexedImage
from storage.store import Store, open_store

FILES = "datasets/files"


class DatasetRecord(Schema):
    """What is kept of a dataset beside its files."""

    version: Literal[1] = 1
    """Of this form."""
    details: DatasetDetails
    """As they are told."""
    place: str | None
    """URL of the folder or prefix that was registered; none for an upload."""
    owner: str | None = None
    """Of whom it is, as `KeySummary.owner` says; nobody's where no API keys were asked for."""


class Dataset:
    """Images and their classes. May be used from any thread.

    What is read are files as others sent them: of an upload each has been decoded once; under a
    registered path anything may be in them, and files may be gone.
    """

    def __init__(self, store: Store, record: DatasetRecord) -> None:
        home = home_of(record.details.id)
        self.details = record.details
        self._index = DatasetIndex(store, home, images=record.details.images)
        self._images = store if record.place is None else open_store(record.place)
        self._prefix = f"{home}/images/" if record.place is None else ""

    def __len__(self) -> int:
        """Count the images."""
        return len(self._index)

    def __getitem__(self, index: int) -> IndexedImage:
        """Find an image by its place.

        Neighbours are found without asking the store again: go through many in ascending order.

        Raises:
            IndexError: there is no such place.
            FileNotStoredError: the dataset has been deleted.
        """
        return self._index[index]

    def __iter__(self) -> Iterator[IndexedImage]:
        """Go through all images in order."""
        return iter(self._index)

    def read(self, image: IndexedImage) -> bytes:
        """Read an image's file.

        Raises:
            FileNotStoredError: it is gone.
        """
        return self._images.read(self._prefix + image.path)


def home_of(dataset: str) -> str:
    """Give the prefix of a dataset's files."""
    return f"{FILES}/{dataset}"
