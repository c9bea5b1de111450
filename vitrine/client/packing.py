"""A job of the service as one file, to be shown with its model by other services."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from PIL import Image

from api_schemas.jobs import Job
from api_schemas.packed_jobs import ARTIFACTS, JOB_FILE, PackedJob
from vitrine.client.errors import AnswerInvalidError

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every member, the first that a zip can say: packing twice gives the same file."""

OVERVIEWS = ("grid.png", "preview.png")
"""Pictures that show again, all together, what other files hold: most of the bytes of a job."""

PALETTE_COLOURS = 256

ATLAS_DOCUMENT = "atlas.json"
"""Names the dataset too."""


def packed_job(
    job: Job,
    result: Mapping[str, Any],
    artifacts: Iterable[tuple[str, bytes]],
    *,
    dataset_name: str | None,
) -> bytes:
    """Pack a job that has succeeded.

    Overviews are packed with 256 colours, which takes a third of the bytes; all other files as
    they are.

    Args:
        job: as the service tells of it.
        result: what it came to.
        artifacts: path and content of each of its files.
        dataset_name: of the dataset that it is about, in place of its ID, which means nothing
            elsewhere; none where it is about none.

    Returns:
        A zip, always the same of the same job.

    Raises:
        AnswerInvalidError: the job has not succeeded.
    """
    if job.status != "succeeded" or job.started_at is None or job.finished_at is None:
        raise AnswerInvalidError(f"job {job.id} has not succeeded: it is {job.status}")
    about = PackedJob(
        kind=job.kind,
        model=job.model,
        params=renamed(job.params, dataset_name),
        result=dict(result),
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, JOB_FILE, about.model_dump_json(indent=1).encode())
        for path, content in sorted(artifacts):
            _add(archive, ARTIFACTS + path, _packed(path, content, dataset_name))
    return file.getvalue()


def _packed(path: str, content: bytes, dataset_name: str | None) -> bytes:
    """Give what is packed of a file."""
    if path in OVERVIEWS:
        return in_few_colours(content)
    if path == ATLAS_DOCUMENT:
        document = renamed(json.loads(content), dataset_name)
        document["parameters"] = renamed(document["parameters"], dataset_name)
        return json.dumps(document).encode()
    return content


def in_few_colours(png: bytes) -> bytes:
    """Write a PNG anew with a palette of its own; one that would grow stays as it is."""
    file = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(PALETTE_COLOURS).save(file, "PNG", optimize=True)
    return min(file.getvalue(), png, key=len)


def renamed(fields: Mapping[str, Any], dataset_name: str | None) -> dict[str, Any]:
    """Put a dataset's name in the place of its ID."""
    has_one = dataset_name is not None and "dataset" in fields
    return dict(fields) | ({"dataset": dataset_name} if has_one else {})


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    archive.writestr(member, content)
