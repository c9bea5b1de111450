"""Datasets: images of many, in folders that are their classes."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from api_schemas.schema import Schema

DatasetName = Annotated[
    str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]


class SkippedFile(Schema):
    """A file that is no part of the dataset."""

    path: str
    """In the archive, or under the path that was registered."""
    reason: str
    """Why it was left out."""


class DatasetSummary(Schema):
    """A dataset, as `GET /datasets` lists it."""

    id: str
    """As in the parameters of jobs."""
    name: str
    """For people; need not be the only one of its kind."""
    images: int
    """Number of images."""
    classes: list[str]
    """Labels in alphabetical order: the folders right below the one that all images are in. If
    all images are in one folder, that folder; none for images outside of any."""
    bytes: int
    """Of all images together."""
    source: Literal["upload", "path"]
    """Whether the images were sent, or stay where they are under a registered path."""
    created_at: datetime
    """When it was complete, in UTC."""


class DatasetDetails(DatasetSummary):
    """A dataset, as `GET /datasets/{dataset}` describes it."""

    class_images: list[int]
    """Number of images of each class, in the order of `classes`."""
    path: str | None
    """The path that was registered, as it was given."""
    skipped: int
    """Number of files left out: of an upload, those that cannot be decoded; under a path, those
    whose names do not end as those of images do. Hidden files do not count."""
    skipped_files: list[SkippedFile]
    """The first 1000 of them."""


class DatasetList(Schema):
    """Every dataset."""

    datasets: list[DatasetSummary]
    """The oldest first."""


class DatasetRegistration(Schema):
    """Images that stay where they are."""

    path: Annotated[str, Field(min_length=1, max_length=1000)]
    """A folder or an object store's prefix, such as `s3://bucket/pets`, under one of the roots
    that the service is configured with; relative paths begin at a root."""
    name: DatasetName | None = None
    """For people. Default: the last part of the path."""


class DatasetUploadOptions(Schema):
    """What may be sent beside an archive."""

    name: DatasetName | None = None
    """For people. Default: the archive's file name."""
