"""What a client sends about datasets, and how it reads the answers."""

from pathlib import Path
from typing import BinaryIO

from api_schemas.schema import Schema
from vitrine.client.calls import Call, reading, segment, then

DATASETS = "/datasets"


class Dataset(Schema):
    """Images that jobs work on, as the service tells of them."""

    id: str
    """For jobs and for every later question about it."""
    name: str
    """For people."""
    images: int
    """That could be read."""
    classes: list[str]
    """Labels in alphabetical order."""
    bytes: int
    """Of all images."""


class _Datasets(Schema):
    """Every dataset."""

    datasets: list[Dataset]


def datasets() -> Call[list[Dataset]]:
    """`GET /datasets`."""
    return Call("GET", DATASETS, then(reading(_Datasets), lambda answer: answer.datasets))


def dataset(name: str) -> Call[Dataset]:
    """`GET /datasets/{dataset}`."""
    return Call("GET", f"{DATASETS}/{segment(name)}", reading(Dataset))


def upload(archive: Path, content: BinaryIO) -> Call[Dataset]:
    """`POST /datasets` with an archive, which is read as it is sent."""
    return Call(
        "POST",
        DATASETS,
        reading(Dataset),
        files=[("archive", (archive.name, content))],
        is_repeatable=False,
    )


def delete(name: str) -> Call[None]:
    """`DELETE /datasets/{dataset}`."""
    return Call("DELETE", f"{DATASETS}/{segment(name)}", lambda _: None)
