"""What a client sends about datasets, and how it reads the answers."""

from pathlib import Path
from typing import BinaryIO

from api_schemas.datasets import DatasetDetails, DatasetList, DatasetSummary
from vitrine.client.calls import Call, reading, segment, then, written

DATASETS = "/datasets"

ADDING_SECONDS = 3600.0
"""The service answers when it has read every image."""


def datasets() -> Call[list[DatasetSummary]]:
    """`GET /datasets`."""
    return Call("GET", DATASETS, then(reading(DatasetList), lambda answer: answer.datasets))


def dataset(name: str) -> Call[DatasetDetails]:
    """`GET /datasets/{dataset}`."""
    return Call("GET", f"{DATASETS}/{segment(name)}", reading(DatasetDetails))


def upload(archive: Path, content: BinaryIO, *, name: str | None) -> Call[DatasetDetails]:
    """`POST /datasets` with an archive, which is read as it is sent."""
    return Call(
        "POST",
        DATASETS,
        reading(DatasetDetails),
        form=written({"name": name}),
        files=[("archive", (archive.name, content))],
        is_repeatable=False,
        answer_seconds=ADDING_SECONDS,
    )


def register(path: str, *, name: str | None) -> Call[DatasetDetails]:
    """`POST /datasets` with a path under one of the service's roots."""
    return Call(
        "POST",
        DATASETS,
        reading(DatasetDetails),
        json={"path": path} | written({"name": name}),
        is_repeatable=False,
        answer_seconds=ADDING_SECONDS,
    )


def delete(name: str) -> Call[None]:
    """`DELETE /datasets/{dataset}`."""
    return Call("DELETE", f"{DATASETS}/{segment(name)}", lambda _: None)
