"""A job that names what there is not is refused when it is submitted, with its parameter."""

import io

import pytest

from storage.archive_rules import ArchiveLimits
from storage.dataset_upload import UploadLimits
from storage.datasets import Datasets
from storage.store import open_store
from tests.service.application import FixedModels, client_of, record
from tests.workers.jobs.photographs import archive

LIMITS = UploadLimits(
    archive=ArchiveLimits(max_members=100, max_bytes=10**8), max_image_bytes=10**8
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def dataset(store):
    datasets = Datasets(open_store(str(store)), roots=())
    sent = io.BytesIO(archive(["horse", "mouse"], 1))
    return datasets.upload(sent, name="d", limits=LIMITS, fault_of=lambda _: None).id


def models():
    lacking = {"unsupported": {"saliency": "no gradients"}}
    gradless = record("gradless").model_copy(update=lacking)
    return FixedModels(record(), record("twin"), gradless, record("zoo", ("owl", "lion")))


EXPLAIN = [
    ({"dataset": "nothing"}, 404, "dataset_not_found", "/params/dataset"),
    ({"methods": ["grad-ram"]}, 404, "method_not_found", "/params/methods/0/method"),
    (
        {"methods": ["gradcam", {"method": "gradcam", "layer": "third"}]},
        422,
        "layer_not_found",
        "/params/methods/1/layer",
    ),
    (
        {"methods": [{"method": "gradcam", "layer": "scores"}]},
        422,
        "layer_not_spatial",
        "/params/methods/0/layer",
    ),
    (
        {"methods": [{"method": "smoothgrad", "parameters": {"copies": 0}}]},
        422,
        "fields_invalid",
        "/params/methods/0/parameters/copies",
    ),
    (
        {"methods": [{"method": "gradcam", "parameters": {"steps": 3}}]},
        422,
        "fields_invalid",
        "/params/methods/0/parameters/steps",
    ),
    ({"methods": ["auto"]}, 422, "fields_invalid", "/params/methods/0/method"),
    ({"target": "horse"}, 422, "class_not_found", "/params/target"),
    ({"target": 2}, 422, "class_not_found", "/params/target"),
    ({"explain": "label"}, 422, "fields_invalid", "/params/explain"),
    ({"explain": "label", "target": "cat"}, 422, "fields_invalid", "/params"),
    ({"methods": []}, 422, "fields_invalid", "/params/methods"),
    ({"foreground_quantile": 0.2}, 422, "fields_invalid", "/params"),
]

COMPARE = [
    ({"other_model": "nobody"}, 404, "model_not_found", "/params/other_model"),
    ({"other_model": "zoo"}, 422, "classes_not_shared", "/params/other_model"),
    ({"other_model": "tiny"}, 422, "fields_invalid", "/params/other_model"),
    ({"dataset": "nothing"}, 404, "dataset_not_found", "/params/dataset"),
    ({"layers": ["scores", "third"]}, 422, "layer_not_found", "/params/layers/1"),
    ({"other_layers": ["third"]}, 422, "layer_not_found", "/params/other_layers/0"),
    ({"other_layer": "scores"}, 422, "layer_not_spatial", "/params/other_layer"),
    (
        {"method": "saliency", "other_model": "gradless"},
        422,
        "method_unsupported",
        "/params/method/method",
    ),
    ({"layers": ["scores", "scores"]}, 422, "fields_invalid", "/params"),
]


@pytest.mark.parametrize(
    ("kind", "params", "status", "code", "pointer"),
    [
        pytest.param(kind, *case, id=f"{kind} {case[0]}")
        for kind, cases in (("explain-dataset", EXPLAIN), ("compare-models", COMPARE))
        for case in cases
    ],
)
async def test_what_there_is_not_is_refused_by_its_parameter(
    store, dataset, kind, params, status, code, pointer
):
    given = {"dataset": dataset} | params
    if kind == "compare-models":
        given = {"other_model": "twin"} | given
    async with client_of(models=models(), store=store) as client:
        answer = await client.post("/jobs", json={"kind": kind, "params": given})

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code), problem
    assert problem["errors"][0]["pointer"].rstrip("/") == pointer
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_method_that_the_model_cannot_support_is_refused_with_the_reason(
    store, dataset
):
    params = {"dataset": dataset, "methods": ["saliency"]}
    async with client_of(models=models(), store=store) as client:
        answer = await client.post(
            "/jobs", json={"kind": "explain-dataset", "model": "gradless", "params": params}
        )

    assert (answer.status_code, answer.json()["code"]) == (422, "method_unsupported")
    assert "no gradients" in answer.json()["detail"]
