"""A dataset map over HTTP: the images themselves, laid out in the format of an atlas."""

import io
import json
from collections import Counter

import httpx
import numpy as np
import pytest
from PIL import Image

from api_schemas.atlases import AtlasCells, AtlasDocument
from tests.end_to_end.atlas_jobs import (
    IMAGES_EACH,
    SMALL_LAYOUT,
    artifact,
    ended,
    family,
)

pytestmark = pytest.mark.processes

IMAGES = 3 * IMAGES_EACH
ALL_LISTED = {"icon_size": 32, "cell_images": 64}


@pytest.fixture(scope="module")
def dataset_map(client: httpx.Client, dataset: str) -> dict:
    params = SMALL_LAYOUT | ALL_LISTED | {"dataset": dataset, "keep_activations": True}
    job = ended(client, "dataset-map", params)
    assert job["status"] == "succeeded", job
    return job


@pytest.fixture(scope="module")
def document(client, dataset_map) -> AtlasDocument:
    return AtlasDocument.model_validate(client.get(f"/atlases/{dataset_map['id']}").json())


def cells_of(client, job, grid: int) -> AtlasCells:
    return AtlasCells.model_validate_json(artifact(client, job, f"cells/{grid}.json"))


def test_it_has_the_format_of_an_atlas_and_says_that_it_is_a_map(document, dataset):
    assert (document.kind, document.model, document.layer) == ("dataset-map", "tiny", "second")
    assert (document.dataset, document.images, document.unread) == (dataset, IMAGES, 0)
    assert document.points == IMAGES
    assert [grid.grid for grid in document.grids] == [2, 4]


@pytest.mark.parametrize("grid", [2, 4])
def test_every_image_is_in_exactly_one_cell_of_each_grid(client, dataset_map, grid):
    cells = cells_of(client, dataset_map, grid).cells

    assert sum(cell.n for cell in cells) == IMAGES
    listed = Counter(path for cell in cells for path in cell.images)
    assert len(listed) == IMAGES
    assert set(listed.values()) == {1}
    assert all(len(cell.images) == min(cell.n, 64) for cell in cells)


def test_the_icon_of_a_cell_is_the_first_of_its_images(client, dataset_map, document):
    size = document.grids[1].icon_size
    tile = artifact(client, dataset_map, "tiles/4/0_0.webp")
    pixels = np.array(Image.open(io.BytesIO(tile)).convert("RGB"), float)

    for cell in cells_of(client, dataset_map, 4).cells:
        icon = pixels[cell.y * size :, cell.x * size :][:size, :size]
        number, one = cell.images[0].split("/")[1].removesuffix(".png").split("-")
        sent = family(int(number), noise=100 * int(number) + int(one))
        expected = Image.open(io.BytesIO(sent)).resize((size, size), Image.Resampling.BILINEAR)
        assert np.abs(icon - np.array(expected, float)).mean() < 12
        other = np.array(expected, float)[..., ::-1]
        assert np.abs(icon - other).mean() > 20 or number == "1"


def test_values_are_the_leads_of_the_classes_and_sum_to_nothing(client, dataset_map):
    for cell in cells_of(client, dataset_map, 2).cells:
        assert sum(cell.f) == pytest.approx(0.0, abs=2e-3 * max(map(abs, cell.f)))
        assert cell.v == tuple(sorted(cell.f, reverse=True))


def test_maps_and_atlases_are_listed_together_each_with_its_kind(client, dataset, dataset_map):
    filtered = {"class_filter": "dog", "steps": 1, "icon_size": 32}
    atlas = ended(client, "atlas", SMALL_LAYOUT | filtered | {"dataset": dataset})

    kinds = {one["id"]: one["kind"] for one in client.get("/atlases").json()["atlases"]}

    assert kinds[dataset_map["id"]] == "dataset-map"
    assert kinds[atlas["id"]] == "class-atlas"
    assert client.get(f"/atlases/{atlas['id']}").json()["kind"] == "class-atlas"


def test_a_new_image_is_located_where_its_own_family_lies(client, dataset_map):
    homes = {
        (cell.y, cell.x): Counter(path.split("/")[1][0] for path in cell.images)
        for cell in cells_of(client, dataset_map, 4).cells
    }
    for number in range(3):
        answer = client.post(
            f"/atlases/{dataset_map['id']}/locate",
            files={"image": ("a.png", family(number, noise=9000 + number))},
        )

        heaviest = next(one for one in answer.json() if one["grid"] == 4)
        home = homes[heaviest["row"], heaviest["column"]]
        assert home.most_common(1)[0][0] == str(number)


def test_the_same_seed_makes_the_same_map_again(client, dataset, dataset_map):
    params = SMALL_LAYOUT | ALL_LISTED | {"dataset": dataset}
    again = ended(client, "dataset-map", params)

    for path in ("cells/2.json", "cells/4.json", "tiles/4/0_0.webp", "landmarks.npz"):
        assert artifact(client, again, path) == artifact(client, dataset_map, path)


def test_the_preview_shows_the_images(client, dataset_map):
    preview = Image.open(io.BytesIO(artifact(client, dataset_map, "preview.png")))

    assert preview.width == preview.height >= 128
    assert np.array(preview).std() > 20
    result = client.get(dataset_map["links"]["result"]).json()
    assert result["preview"] == "preview.png"
    assert result["images"] == IMAGES


@pytest.mark.parametrize(
    ("params", "pointer", "words"),
    [
        ({"dataset": "nothing"}, "/params/dataset", "no dataset"),
        ({"layer": "third"}, "/params/layer", "nearest"),
        ({"layer": "scores"}, "/params/layer", "map"),
        ({"grids": [8, 4]}, "/params/grids", "coarsest"),
        ({"cell_images": 0}, "/params/cell_images", "1"),
        ({"steps": 3}, "/params/steps", ""),
        ({"dry_run": "perhaps"}, "/params/dry_run", ""),
        ({"dataset": "nothing", "dry_run": True}, "/params/dataset", "no dataset"),
    ],
    ids=json.dumps,
)
def test_what_cannot_be_mapped_is_refused_before_a_job_is_made(
    client, dataset, params, pointer, words
):
    before = client.get("/jobs?kind=dataset-map&limit=1").json()["jobs"][:1]

    answer = client.post(
        "/jobs", json={"kind": "dataset-map", "params": {"dataset": dataset} | params}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "fields_invalid")
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert words in answer.json()["errors"][0]["detail"]
    assert client.get("/jobs?kind=dataset-map&limit=1").json()["jobs"][:1] == before


def test_a_dry_run_tells_the_cost_and_makes_nothing(client, dataset):
    job = ended(client, "dataset-map", {"dataset": dataset, "grids": [4, 16], "dry_run": True})

    # Of the 256 cells of the finer grid 90 images fill 90 at most.
    cost = client.get(job["links"]["result"]).json()
    assert cost == {"images": IMAGES, "fitted": IMAGES, "cells": 16 + IMAGES}
    assert client.get(job["links"]["artifacts"]).json() == {"artifacts": []}
    missing = client.get(f"/atlases/{job['id']}")
    assert (missing.status_code, missing.json()["code"]) == (404, "atlas_not_found")
    assert job["id"] not in {one["id"] for one in client.get("/atlases").json()["atlases"]}


def test_too_few_images_fail_with_the_code_of_the_layout(client, dataset):
    job = ended(client, "dataset-map", SMALL_LAYOUT | {"dataset": dataset, "samples": 3})

    assert (job["status"], job["error"]["code"]) == ("failed", "too_few_points")
