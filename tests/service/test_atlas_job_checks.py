"""What a submission names and there is not is refused at its place, before a job is made."""

import json

import httpx
import pytest
import redis

from api_schemas.models import ModelRecord
from storage.datasets import Datasets
from storage.job_files import JobFiles
from storage.store import open_store
from tests.messaging.jobs.boards import board_of
from tests.processes import valkey
from tests.service.application import LAYER, FixedModels, client_of, png, record
from tests.workers.jobs.planted_attack import CAT, CLASSES, DOG, write_atlas

MODEL: ModelRecord = record(classes=CLASSES)
OTHER: ModelRecord = record("other", classes=CLASSES)


@pytest.fixture(scope="module")
def redis_url():
    with valkey() as url:
        yield url


@pytest.fixture(autouse=True)
def _no_jobs_of_before(redis_url):
    with redis.Redis.from_url(redis_url) as connection:
        connection.flushall()


@pytest.fixture
def store(tmp_path):
    return open_store(str(tmp_path / "store"))


@pytest.fixture
def atlas(store):
    write_atlas(JobFiles(store, "atlas1"), model="tiny", model_sha256=MODEL.sha256)
    return JobFiles(store, "atlas1")


@pytest.fixture
def dataset(store, tmp_path):
    for path in ("Cat/1.png", "wolf/1.png"):
        (tmp_path / "pets" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pets" / path).write_bytes(png())
    folder = str(tmp_path / "pets")
    registered = Datasets(store, roots=[folder]).register(
        folder, name=None, max_image_bytes=10**6
    )
    return registered.id


@pytest.fixture
async def client(redis_url, tmp_path):
    models = FixedModels(MODEL, OTHER)
    async with (
        board_of(redis_url) as board,
        client_of(models=models, board=board, store=tmp_path / "store") as opened,
    ):
        yield opened


@pytest.fixture
def submit(client, dataset, atlas):
    """Submit an attack that is right but for what a test changes."""
    right = {"atlas": "atlas1", "dataset": dataset, "source": "cat", "target": "dog"}

    async def send(kind="patch-attack", *, model=None, **changes) -> httpx.Response:
        params = right if kind == "patch-attack" else {"dataset": dataset}
        body = {"kind": kind, "params": params | changes}
        return await client.post("/jobs", json=body | ({"model": model} if model else {}))

    return send


async def test_an_attack_is_recorded_with_all_that_was_settled(submit):
    answer = await submit()

    assert answer.status_code == 202
    params = answer.json()["params"]
    assert (params["source"], params["target"], params["grid"]) == (CAT, DOG, 2)
    # The dataset's own name, whatever its capitals.
    assert params["dataset_class"] == "Cat"
    assert params["sizes"] == [0.2, 0.35, 0.5]


async def test_a_map_is_recorded_with_the_layer_that_it_is_of(submit):
    assert (await submit("dataset-map")).json()["params"]["layer"] == LAYER


async def test_the_same_classes_by_index_and_label_are_the_same_submission(client, submit):
    first, second = await submit(), await submit(source=CAT, target=str(DOG))

    assert first.json()["params"] == second.json()["params"]


@pytest.mark.parametrize(
    ("changes", "pointer", "words"),
    [
        ({"atlas": "nothing"}, "/params/atlas", "no atlas"),
        ({"atlas": "../atlas1"}, "/params/atlas", "no atlas"),
        ({"dataset": "nothing"}, "/params/dataset", "no dataset"),
        ({"dataset": "../x"}, "/params/dataset", "no dataset"),
        ({"source": "horse"}, "/params/source", "cat, dog"),
        ({"target": 7}, "/params/target", "0 to 2"),
        ({"target": "bird"}, "/params/target", "filter_classes"),
        ({"target": CAT}, "/params/target", "another class"),
        ({"source": "dog", "target": "cat"}, "/params/dataset_class", "Cat, wolf"),
        ({"dataset_class": "horse"}, "/params/dataset_class", "Cat, wolf"),
        ({"grid": 8}, "/params/grid", "2"),
        ({"model": "other"}, "/model", "'tiny'"),
        ({"sizes": [0.5, 0.2]}, "/params/sizes", "smallest first"),
    ],
    ids=json.dumps,
)
async def test_an_attack_with_what_there_is_not_is_refused_at_its_place(
    client, submit, changes, pointer, words
):
    answer = await submit(**changes)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "fields_invalid")
    assert problem["errors"][0]["pointer"] == pointer
    assert words in problem["errors"][0]["detail"]
    assert (await client.get("/jobs")).json()["jobs"] == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"kind": "dataset-map"}, "photographs"), ({"model_sha256": "0" * 64}, "other weights")],
    ids=["map", "weights"],
)
async def test_an_atlas_that_has_no_icons_of_this_model_is_refused(
    submit, atlas, changes, words
):
    document = json.loads(atlas.read_artifact("atlas.json")) | changes
    atlas.write_artifact("atlas.json", json.dumps(document).encode())

    fault = (await submit()).json()["errors"][0]

    assert fault["pointer"] == "/params/atlas"
    assert words in fault["detail"]


@pytest.mark.parametrize("layer", ["nowhere", "scores"])
async def test_a_map_of_a_layer_without_maps_is_refused(submit, layer):
    answer = await submit("dataset-map", layer=layer)

    assert answer.json()["errors"][0]["pointer"] == "/params/layer"


async def test_a_dataset_class_may_be_called_otherwise_than_the_models(submit):
    answer = await submit(source="dog", target="cat", dataset_class="wolf")

    assert answer.json()["params"]["dataset_class"] == "wolf"
