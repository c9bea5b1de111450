"""Datasets explained and models compared over HTTP, by workers that host one model each."""

import io
import json

import httpx
import numpy as np
import pytest

from api_schemas.dataset_explanations import DatasetStatistics, IndexedExplanation
from api_schemas.model_comparison import ModelComparison
from tests.processes import front, valkey, wait_ready, worker
from tests.tiny_model import write_tiny_model
from tests.workers.jobs.photographs import archive
from vitrine import Client

pytestmark = pytest.mark.processes

EACH = 40
END_SECONDS = 180.0


@pytest.fixture(scope="module")
def base_url(tmp_path_factory):
    """The URL of a service whose two models are on two workers."""
    folder, store = tmp_path_factory.mktemp("models"), tmp_path_factory.mktemp("store")
    write_tiny_model(folder)
    write_tiny_model(folder, name="other", classes=("dog", "cat"), seed=9)
    with (
        valkey() as redis_url,
        worker(redis_url, folder, store=store, models="tiny"),
        worker(redis_url, folder, store=store, models="other"),
        front(redis_url, "tiny", store=store) as url,
    ):
        wait_ready(url)
        yield url


@pytest.fixture(scope="module")
def http(base_url):
    with httpx.Client(base_url=base_url, timeout=60.0) as opened:
        yield opened


@pytest.fixture(scope="module")
def dataset(http):
    files = {"archive": ("a.zip", archive(["cat", "dog"], EACH))}
    return http.post("/datasets", files=files).raise_for_status().json()["id"]


@pytest.fixture(scope="module")
def client(base_url):
    with Client(base_url) as opened:
        yield opened


def test_a_dataset_is_explained_in_shards_and_summed_up(client, dataset):
    params = {"dataset": dataset, "methods": ["gradcam", "saliency"], "overlays": True}
    job = client.submit("explain-dataset", params)

    result = job.wait(timeout_seconds=END_SECONDS)

    paths = {artifact.path for artifact in job.artifacts()}
    assert {"index.json", "statistics.json", "mean_maps.npz", "mean_maps.png"} <= paths
    # 80 images are two shards, whichever worker explained them.
    shards = {f"maps/{key}/0000{n}.npz" for key in ("gradcam", "saliency") for n in (0, 1)}
    assert shards <= paths
    index = json.loads(job.artifact(result["index"]))
    entries = [IndexedExplanation.model_validate(one) for one in index["images"]]
    assert [one.image for one in entries] == list(range(2 * EACH))
    told = DatasetStatistics.model_validate_json(job.artifact(result["statistics"]))
    assert (told.images, told.unread, told.model) == (2 * EACH, 0, "tiny")
    found = entries[70].maps["saliency"]
    with np.load(io.BytesIO(job.artifact(found.file)), allow_pickle=False) as kept:
        raw_map = kept["maps"][found.row].astype(float) / kept["scales"][found.row]
        assert kept["images"][found.row] == 70
    assert raw_map.max() == pytest.approx(found.max, rel=1e-6)
    assert found.overlay in paths


def test_models_of_two_workers_are_compared(client, dataset):
    job = client.submit(
        "compare-models", {"dataset": dataset, "other_model": "other", "listed": 2}
    )

    result = job.wait(timeout_seconds=END_SECONDS)

    told = ModelComparison.model_validate_json(job.artifact(result["comparison"]))
    assert (told.first.model, told.second.model) == ("tiny", "other")
    assert told.images == 2 * EACH
    assert told.shared_classes == ["cat", "dog"]
    assert told.layers.batches == 3
    outcomes = told.predictions
    assert (
        outcomes.both_correct
        + outcomes.only_first_correct
        + outcomes.only_second_correct
        + outcomes.neither_correct
        == 2 * EACH
    )
    paths = {artifact.path for artifact in job.artifacts()}
    assert {"comparison.json", "images.json", "layers.png"} <= paths
    drawn = [one.picture for one in told.differing if one.picture]
    assert set(drawn) <= paths


@pytest.mark.parametrize(
    ("kind", "params", "expected"),
    [
        ("explain-dataset", {}, {"images": 80, "explanations": 80}),
        ("compare-models", {"other_model": "other"}, {"images": 80, "explanations": 160}),
    ],
)
def test_a_dry_run_tells_the_cost_and_leaves_nothing(client, dataset, kind, params, expected):
    job = client.submit(kind, {"dataset": dataset, "dry_run": True} | params)

    result = job.wait(timeout_seconds=END_SECONDS)

    assert expected.items() <= result.items()
    assert job.artifacts() == []


def test_a_dataset_that_is_gone_is_refused_at_once(http):
    files = {"archive": ("a.zip", archive(["cat"], 2))}
    gone = http.post("/datasets", files=files).raise_for_status().json()["id"]
    http.delete(f"/datasets/{gone}").raise_for_status()

    answer = http.post("/jobs", json={"kind": "explain-dataset", "params": {"dataset": gone}})

    assert (answer.status_code, answer.json()["code"]) == (404, "dataset_not_found")
    assert answer.json()["errors"][0]["pointer"] == "/params/dataset"
