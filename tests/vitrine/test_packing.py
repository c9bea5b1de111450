"""A packed job is what another service needs to show it, and the same file each time."""

import io
import json
import zipfile

import numpy as np
import pytest
from PIL import Image

from api_schemas.jobs import Job
from api_schemas.packed_jobs import PackedJob
from tests.vitrine.test_job_handles import job
from vitrine.client.errors import AnswerInvalidError
from vitrine.client.packing import packed_job

TIMES = {"started_at": "2026-01-02T03:04:06Z", "finished_at": "2026-01-02T03:04:07Z"}
ATLAS = {"dataset": "d1", "parameters": {"dataset": "d1", "samples": 3}, "points": 4}


def answer(status="succeeded", **changes) -> Job:
    return Job.model_validate(job(status) | TIMES | {"params": {"dataset": "d1"}} | changes)


def many_colours() -> bytes:
    pixels = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_the_job_and_its_files_in_one_order():
    files = {"pictures/000.png": many_colours(), "loss.json": b"[]"}

    content = packed_job(answer(), {"steps": 3}, files.items(), dataset_name=None)
    again = packed_job(answer(), {"steps": 3}, reversed(files.items()), dataset_name=None)

    members = opened(content)
    assert content == again
    assert list(members) == ["job.json", "artifacts/loss.json", "artifacts/pictures/000.png"]
    assert members["artifacts/pictures/000.png"] == files["pictures/000.png"]
    about = PackedJob.model_validate_json(members["job.json"])
    assert (about.kind, about.model, about.result) == ("atlas", "tiny", {"steps": 3})
    assert about.params == {"dataset": "d1"}


def test_a_datasets_name_stands_in_the_place_of_its_identifier():
    files = [("atlas.json", json.dumps(ATLAS).encode())]

    members = opened(packed_job(answer(), {}, files, dataset_name="pets"))

    assert json.loads(members["job.json"])["params"] == {"dataset": "pets"}
    assert json.loads(members["artifacts/atlas.json"]) == {
        "dataset": "pets",
        "parameters": {"dataset": "pets", "samples": 3},
        "points": 4,
    }


def test_overviews_take_fewer_bytes_and_show_nearly_the_same():
    picture = many_colours()

    members = opened(packed_job(answer(), {}, [("grid.png", picture)], dataset_name=None))

    smaller = members["artifacts/grid.png"]
    assert len(smaller) < len(picture) / 2
    before, after = (
        np.asarray(Image.open(io.BytesIO(one)).convert("RGB")).astype(int)
        for one in (picture, smaller)
    )
    assert before.shape == after.shape
    assert abs(before - after).mean() < 25


@pytest.mark.parametrize("status", ["running", "failed", "cancelled"])
def test_a_job_that_has_not_succeeded_is_not_packed(status):
    with pytest.raises(AnswerInvalidError, match=status):
        packed_job(answer(status), {}, [], dataset_name=None)
