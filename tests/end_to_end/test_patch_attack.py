"""An attack with icons of an atlas over HTTP: a real front, a real worker."""

import io

import httpx
import pytest
from PIL import Image

from api_schemas.patch_attacks import PatchAttackResult
from tests.end_to_end.atlas_jobs import (
    IMAGES_EACH,
    SMALL_ICONS,
    SMALL_LAYOUT,
    artifact,
    ended,
)

pytestmark = pytest.mark.processes

SIZES, PATCHES, POSITIONS = [0.25, 0.5], 2, 3


@pytest.fixture(scope="module")
def atlas(client: httpx.Client, dataset: str) -> dict:
    job = ended(client, "atlas", SMALL_LAYOUT | SMALL_ICONS | {"dataset": dataset})
    assert job["status"] == "succeeded", job
    return job


@pytest.fixture(scope="module")
def order(client, atlas, dataset) -> dict:
    """An attack on the class that the untrained network takes most images for."""
    cells = client.get(f"{atlas['links']['artifacts']}/cells/2.json").json()["cells"]
    favoured = max(cells, key=lambda cell: abs(cell["f"][0] - cell["f"][1]))["i"][0]
    return {
        "atlas": atlas["id"],
        "dataset": dataset,
        "dataset_class": "cold",
        "source": 1 - favoured,
        "target": favoured,
        "grid": 2,
        "patches": PATCHES,
        "sizes": SIZES,
        "positions": POSITIONS,
    }


@pytest.fixture(scope="module")
def attack(client, order) -> dict:
    """The attack; the other way round where the network takes no image for the source."""
    job = ended(client, "patch-attack", order)
    if job["status"] == "failed":
        assert job["error"]["code"] == "nothing_to_attack"
        turned = {"source": order["target"], "target": order["source"]}
        job = ended(client, "patch-attack", order | turned)
    assert job["status"] == "succeeded", job
    return job


def test_the_result_counts_every_trial_of_patches_and_controls(client, attack):
    result = PatchAttackResult.model_validate(client.get(attack["links"]["result"]).json())

    assert 0 < result.attacked <= result.images <= 2 * IMAGES_EACH
    assert 0 < len(result.patches) <= PATCHES
    trials = result.attacked * len(SIZES) * POSITIONS
    for one in result.patches:
        assert one.patch.trials == one.control.trials == trials
        assert one.favours > 0
    rates = [one.patch.to_target.rate for one in result.patches]
    assert rates == sorted(rates, reverse=True)
    assert artifact(client, attack, "result.json").decode() == result.model_dump_json()


def test_the_pictures_that_it_names_are_there(client, attack):
    result = client.get(attack["links"]["result"]).json()

    paths = {result["patches_path"], result["examples_path"]} - {None}
    listed = client.get(attack["links"]["artifacts"]).json()["artifacts"]
    assert {one["path"] for one in listed} == paths | {"result.json"}
    for path in paths:
        assert Image.open(io.BytesIO(artifact(client, attack, path))).width > 100


def test_the_same_seed_makes_the_same_attack_again(client, attack):
    again = ended(client, "patch-attack", attack["params"])

    assert artifact(client, again, "result.json") == artifact(client, attack, "result.json")


def test_an_atlas_that_is_not_there_is_refused_at_once(client, order):
    body = {"kind": "patch-attack", "model": "tiny", "params": order | {"atlas": "nothing"}}

    answer = client.post("/jobs", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/params/atlas"
