"""Quotas: so many open jobs and so many stored bytes, of one owner alone."""

import pytest

from api_schemas.job_kind import JobKind
from api_schemas.schema import Schema
from messaging.jobs.ledger import JobLedger
from messaging.jobs.message import JobMessage
from storage.job_files import JobFiles
from storage.store import open_store
from tests.service.application import png
from tests.service.keyed import keyed_front, made_key
from tests.storage.hostile_archives import zip_of

IMAGE = png(8, 8)


class Parameters(Schema):
    """Of the kind for these tests."""

    steps: int = 3
    """How many."""


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    monkeypatch.setattr(
        "service.jobs.JOB_KINDS", {"loop": JobKind("loop", "Go round.", Parameters)}
    )


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


async def submit(front, headers):
    return await front.post("/jobs", json={"kind": "loop"}, headers=headers)


async def upload(front, headers, images=1):
    archive = zip_of(*((f"pets/cat/{number}.png", IMAGE) for number in range(images)))
    return await front.post("/datasets", files={"archive": archive}, headers=headers)


def refusal(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_a_key_has_so_many_open_jobs_and_another_key_its_own(
    redis_url, connection, store
):
    _, headers = made_key(redis_url, max_open_jobs=2)
    _, other = made_key(redis_url, max_open_jobs=1)
    async with keyed_front(redis_url, store) as front:
        jobs = [await submit(front, headers) for _ in range(3)]
        others = await submit(front, other)
        assert [job.status_code for job in jobs[:2]] == [202, 202]
        assert refusal(jobs[2]) == (429, "job_quota_reached")
        assert int(jobs[2].headers["Retry-After"]) > 0
        assert others.status_code == 202

        await front.delete(jobs[0].headers["Location"], headers=headers)

        assert (await submit(front, headers)).status_code == 202
        assert refusal(await submit(front, headers)) == (429, "job_quota_reached")


async def test_jobs_that_a_worker_has_ended_do_not_count(redis_url, connection, store):
    _, headers = made_key(redis_url, max_open_jobs=1)
    ledger = JobLedger(connection)
    async with keyed_front(redis_url, store) as front:
        for _ in range(4):
            job = (await submit(front, headers)).json()
            message = JobMessage(job["id"], job["model"], 1, 0, None)
            assert ledger.begin_stage(message) == "begun"
            assert refusal(await submit(front, headers)) == (429, "job_quota_reached")
            assert ledger.succeed(message, {})


async def test_a_retry_counts_as_a_job_and_a_refused_one_changes_nothing(
    redis_url, connection, store
):
    _, headers = made_key(redis_url, max_open_jobs=1)
    _, admin = made_key(redis_url, "admin")
    async with keyed_front(redis_url, store) as front:
        first = (await submit(front, headers)).headers["Location"]
        await front.delete(first, headers=headers)
        second = (await submit(front, headers)).headers["Location"]

        refused = await front.post(f"{first}/retry", headers=headers)
        told = (await front.get(first, headers=headers)).json()

        assert refusal(refused) == (429, "job_quota_reached")
        assert told["status"] == "cancelled"
        await front.delete(second, headers=headers)
        assert (await front.post(f"{first}/retry", headers=headers)).status_code == 202
        assert refusal(await submit(front, headers)) == (429, "job_quota_reached")
        assert (await front.post(f"{second}/retry", headers=admin)).status_code == 202


async def test_a_repeated_submission_is_the_same_job_and_counts_once(
    redis_url, connection, store
):
    _, headers = made_key(redis_url, max_open_jobs=1)
    word = headers | {"Idempotency-Key": "the word"}
    async with keyed_front(redis_url, store) as front:
        answers = [await submit(front, word) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [202, 200, 200]
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_keys_of_one_owner_count_together(redis_url, connection, store):
    first, headers = made_key(redis_url, max_open_jobs=1)
    _, follower = made_key(redis_url, owner=first.id, max_open_jobs=1)
    async with keyed_front(redis_url, store) as front:
        await submit(front, headers)

        assert refusal(await submit(front, follower)) == (429, "job_quota_reached")


async def test_an_upload_beyond_the_quota_leaves_nothing_behind(redis_url, connection, store):
    _, headers = made_key(redis_url, max_stored_bytes=3 * len(IMAGE))
    async with keyed_front(redis_url, store) as front:
        kept = await upload(front, headers, images=2)
        refused = await upload(front, headers, images=2)
        listed = (await front.get("/datasets", headers=headers)).json()["datasets"]
        fitting = await upload(front, headers)
        full = await upload(front, headers)

    assert (kept.status_code, fitting.status_code) == (201, 201)
    assert refusal(refused) == refusal(full) == (403, "storage_quota_reached")
    assert [one["id"] for one in listed] == [kept.json()["id"]]
    files = [file.path for file in open_store(str(store)).files("")]
    assert len([path for path in files if path.endswith(".png")]) == 3


async def test_what_is_deleted_makes_room_again(redis_url, connection, store):
    _, headers = made_key(redis_url, max_stored_bytes=len(IMAGE))
    async with keyed_front(redis_url, store) as front:
        dataset = (await upload(front, headers)).headers["Location"]
        assert refusal(await upload(front, headers)) == (403, "storage_quota_reached")
        assert refusal(await submit(front, headers)) == (403, "storage_quota_reached")

        await front.delete(dataset, headers=headers)

        assert (await submit(front, headers)).status_code == 202
        assert (await upload(front, headers)).status_code == 201


async def test_what_jobs_have_made_counts_and_what_others_own_does_not(
    redis_url, connection, store
):
    _, headers = made_key(redis_url, max_stored_bytes=1000)
    _, other = made_key(redis_url, max_stored_bytes=1000)
    async with keyed_front(redis_url, store) as front:
        job = (await submit(front, headers)).json()
        files = JobFiles(open_store(str(store)), job["id"])
        files.write_artifact("grid.png", b"x" * 400)
        assert (await submit(front, headers)).status_code == 202
        files.write_checkpoint("0", b"x" * 600)

        assert refusal(await submit(front, headers)) == (403, "storage_quota_reached")
        retried = await front.post(f"{job['links']['self']}/retry", headers=headers)
        assert refusal(retried) == (403, "storage_quota_reached")
        assert (await submit(front, other)).status_code == 202


async def test_the_size_of_an_ended_job_is_looked_at_once(
    redis_url, connection, store, monkeypatch
):
    _, headers = made_key(redis_url, max_stored_bytes=10_000)
    looked = []
    count = JobFiles.stored_bytes
    monkeypatch.setattr(
        JobFiles, "stored_bytes", lambda files: looked.append(files) or count(files)
    )
    async with keyed_front(redis_url, store) as front:
        job = (await submit(front, headers)).headers["Location"]
        await front.delete(job, headers=headers)
        for _ in range(3):
            again = (await submit(front, headers)).headers["Location"]
            await front.delete(again, headers=headers)

    # Each of the four is ended by the time that the next is submitted.
    assert len(looked) == 3


async def test_registered_images_are_nobodys_bytes(redis_url, connection, store, tmp_path):
    pets = tmp_path / "roots" / "pets"
    pets.mkdir(parents=True)
    (pets / "1.png").write_bytes(IMAGE)
    _, headers = made_key(redis_url, max_stored_bytes=1)
    async with keyed_front(redis_url, store, dataset_roots=str(pets.parent)) as front:
        answers = [
            await front.post("/datasets", json={"path": "pets"}, headers=headers)
            for _ in range(2)
        ]

    assert [answer.status_code for answer in answers] == [201, 201]
