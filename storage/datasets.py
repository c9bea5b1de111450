"""All datasets: uploaded, registered, listed, opened, deleted.

In the store, under `datasets/`:

    records/<dataset>.json      one for each dataset, written when all else is
    files/<dataset>/index/      see `dataset_index`
    files/<dataset>/images/     the images of an upload, under their paths in the archive
    unfinished/<dataset>        while files come or go: what is left of it when a process died
"""

import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import BinaryIO, TypeAlias

from api_schemas.datasets import DatasetDetails
from storage.dataset import Dataset, DatasetRecord, home_of
from storage.dataset_index import IndexSummary, write_index
from storage.dataset_roots import DatasetRoots
from storage.dataset_upload import FaultOf, UploadLimits, keep_images
from storage.errors import (
    DatasetEmptyError,
    DatasetNotFoundError,
    FileNotStoredError,
    PathInvalidError,
    StorageError,
)
from storage.paths import plain_name
from storage.skipped_files import SkippedFiles
from storage.store import Store, open_store
from storage.stored_file import StoredFile

RECORDS = "datasets/records"
UNFINISHED = "datasets/unfinished"

LOST_SECONDS = 86_400.0
"""Whoever has uploaded for a day has died of it."""

MAX_NAME_LETTERS = 200
"""Of a name that is made from a path."""

IMAGE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff")
"""Of the files under a registered path that are taken for images, in either case."""


Sees: TypeAlias = Callable[[str | None], bool]
"""Whether somebody sees what is an owner's, or nobody's."""


def sees_all(_: str | None) -> bool:
    """See everything: for workers, and where there are no owners."""
    return True


class Datasets:
    """The datasets of a store. May be used from any thread and several processes."""

    def __init__(
        self, store: Store, *, roots: Sequence[str], store_url: str | None = None
    ) -> None:
        """Take the store.

        Args:
            store: that keeps the datasets.
            roots: under which they may be registered.
            store_url: of the store, which is under no root; where any are given.
        """
        self._store = store
        self._roots = DatasetRoots(roots, store_url=store_url)

    def list(self, *, sees: Sees = sees_all) -> list[DatasetDetails]:
        """List all datasets that are seen, the oldest first."""
        records = [self._record(file.path) for file in self._store.files(RECORDS)]
        details = [one.details for one in records if one is not None and sees(one.owner)]
        return sorted(details, key=lambda one: (one.created_at, one.id))

    def find(self, dataset: str, *, sees: Sees = sees_all) -> DatasetDetails:
        """Describe a dataset.

        Raises:
            DatasetNotFoundError: there is none of that ID, or it is not seen.
        """
        return self._found(dataset, sees).details

    def open(self, dataset: str) -> Dataset:
        """Open a dataset.

        Raises:
            DatasetNotFoundError: there is none of that ID.
        """
        return Dataset(self._store, self._found(dataset, sees_all))

    def upload(
        self,
        archive: BinaryIO,
        *,
        name: str,
        limits: UploadLimits,
        fault_of: FaultOf,
        owner: str | None = None,
    ) -> DatasetDetails:
        """Make a dataset of the images of an archive; of a refused one nothing is left.

        Args:
            archive: a zip, tar or tar.gz, able to seek; its folders are the classes.
            name: for people.
            limits: what is too much.
            fault_of: says what is wrong with the bytes of an image, or nothing.
            owner: of the dataset, if there are owners.

        Raises:
            ArchiveUnsafeError: the archive would do harm.
            ArchiveUndecodableError: it is damaged, or no archive.
            DatasetEmptyError: no file of it is an image.
        """
        with self._new_home() as dataset:
            images = f"{home_of(dataset)}/images"
            skipped = keep_images(
                archive, self._store, images, limits=limits, fault_of=fault_of
            )
            files = (
                StoredFile(file.path.removeprefix(f"{images}/"), file.bytes)
                for file in self._store.files(images)
            )
            summary = self._indexed(dataset, files, skipped)
            details = _details(dataset, name, summary, skipped, path=None)
            return self._keep(DatasetRecord(details=details, place=None, owner=owner))

    def register(
        self, path: str, *, name: str | None, max_image_bytes: int, owner: str | None = None
    ) -> DatasetDetails:
        """Make a dataset of the images under a path, which stay where they are.

        They are listed, not read: what is in them is found out by who reads them.

        Args:
            path: under one of the roots.
            name: for people; none for the last part of the path.
            max_image_bytes: larger files are left out.
            owner: of the dataset, if there are owners.

        Raises:
            DatasetPathError: it is under no root.
            DatasetEmptyError: no file under it is called like an image, or there is none.
        """
        called = name or path.rstrip("/").rpartition("/")[2][:MAX_NAME_LETTERS] or path
        candidates = self._roots.candidates(path)
        for place in candidates:
            skipped = SkippedFiles()
            with suppress(DatasetEmptyError), self._new_home() as dataset:
                files = _images_of(open_store(place).files(""), skipped, max_image_bytes)
                summary = self._indexed(dataset, files, skipped)
                details = _details(dataset, called, summary, skipped, path=path)
                return self._keep(DatasetRecord(details=details, place=place, owner=owner))
        raise _empty(skipped)

    def delete(self, dataset: str, *, sees: Sees = sees_all) -> None:
        """Delete a dataset, and the images that were uploaded; registered ones stay.

        Raises:
            DatasetNotFoundError: there is none of that ID, or it is not seen.
        """
        self._found(dataset, sees)
        # Whoever dies from here on leaves the rest to the next sweep.
        self._store.write(f"{UNFINISHED}/{dataset}", json.dumps(0.0).encode())
        self._store.delete(f"{RECORDS}/{dataset}.json")
        self._remove_files(dataset)

    def sweep(self) -> None:
        """Remove what is left of uploads and deletions whose processes died."""
        for file in self._store.files(UNFINISHED):
            dataset = file.path.rpartition("/")[2]
            with suppress(FileNotStoredError):
                begun_at = float(json.loads(self._store.read(file.path)))
                if time.time() - begun_at < LOST_SECONDS:
                    continue
                if self._record(f"{RECORDS}/{dataset}.json") is None or not begun_at:
                    self._store.delete(f"{RECORDS}/{dataset}.json")
                    self._remove_files(dataset)
                self._store.delete(file.path)

    def _found(self, dataset: str, sees: Sees) -> DatasetRecord:
        try:
            record = self._record(f"{RECORDS}/{plain_name(dataset)}.json")
        except PathInvalidError as error:
            raise DatasetNotFoundError(dataset) from error
        if record is None or not sees(record.owner):
            raise DatasetNotFoundError(dataset)
        return record

    def _record(self, path: str) -> DatasetRecord | None:
        try:
            return DatasetRecord.model_validate_json(self._store.read(path))
        except FileNotStoredError:
            return None

    @contextmanager
    def _new_home(self) -> Iterator[str]:
        """Give the ID of a new dataset; if it comes to nothing, nothing of it stays."""
        self.sweep()
        dataset = uuid.uuid4().hex
        mark = f"{UNFINISHED}/{dataset}"
        self._store.write(mark, json.dumps(time.time()).encode())
        try:
            yield dataset
        except BaseException:
            # A store that has gone away meanwhile is swept later; the first fault is told.
            with suppress(StorageError):
                self._remove_files(dataset)
            raise
        self._store.delete(mark)

    def _remove_files(self, dataset: str) -> None:
        """Remove the files of a dataset, then the word that this was to be done."""
        self._store.delete_all(home_of(dataset))
        self._store.delete(f"{UNFINISHED}/{dataset}")

    def _indexed(
        self, dataset: str, files: Iterable[StoredFile], skipped: SkippedFiles
    ) -> IndexSummary:
        """Write the index of a dataset.

        Raises:
            DatasetEmptyError: there is nothing to index.
        """
        summary = write_index(self._store, home_of(dataset), files)
        if not summary.images:
            raise _empty(skipped)
        return summary

    def _keep(self, record: DatasetRecord) -> DatasetDetails:
        """Write a dataset's record: from here on it exists."""
        # Workers of before know no owners.
        unsaid = {"owner"} if record.owner is None else set()
        written = record.model_dump_json(exclude=unsaid).encode()
        self._store.write(f"{RECORDS}/{record.details.id}.json", written)
        return record.details


def _details(
    dataset: str, name: str, summary: IndexSummary, skipped: SkippedFiles, *, path: str | None
) -> DatasetDetails:
    """Describe a dataset that is complete.

    Args:
        dataset: its ID.
        name: for people.
        summary: of its index.
        skipped: what was left out.
        path: that was registered; none for an upload.
    """
    return DatasetDetails(
        id=dataset,
        name=name,
        images=summary.images,
        classes=summary.classes,
        bytes=summary.bytes,
        source="upload" if path is None else "path",
        created_at=datetime.now(UTC),
        class_images=summary.class_images,
        path=path,
        skipped=skipped.count,
        skipped_files=skipped.listed,
    )


def _images_of(
    files: Iterable[StoredFile], skipped: SkippedFiles, max_image_bytes: int
) -> Iterator[StoredFile]:
    """Keep the files whose names end as those of images do."""
    for file in files:
        if not file.path.lower().endswith(IMAGE_ENDINGS):
            skipped.add(file.path, "its name does not end as that of an image")
        elif file.bytes > max_image_bytes:
            skipped.add(file.path, f"it has more than {max_image_bytes} bytes")
        else:
            yield file


def _empty(skipped: SkippedFiles) -> DatasetEmptyError:
    """Say that there is no image, and what there is instead."""
    first = skipped.listed[0] if skipped.listed else None
    example = f"{first.path[:100]!r}: {first.reason}" if first else None
    return DatasetEmptyError(skipped.count, example)
