"""An atlas over HTTP: a real front, a real worker, images uploaded as an archive."""

import io

import httpx
import numpy as np
import pytest
from PIL import Image

from api_schemas.atlases import AtlasCells, AtlasDocument
from core.atlas.shards import unpack_shard
from tests.end_to_end.atlas_jobs import (
    IMAGES_EACH,
    SMALL_ICONS,
    SMALL_LAYOUT,
    artifact,
    ended,
    family,
)

pytestmark = pytest.mark.processes


def made(client: httpx.Client, **params: object) -> dict:
    """Submit an atlas and wait for its end."""
    return ended(client, "atlas", SMALL_LAYOUT | SMALL_ICONS | params)


@pytest.fixture(scope="module")
def atlas(client: httpx.Client, dataset: str) -> dict:
    job = made(client, dataset=dataset, positions_per_image=2, keep_activations=True)
    assert job["status"] == "succeeded", job
    return job


def test_it_tells_what_it_is_and_its_numbers_add_up(client, atlas, dataset):
    document = AtlasDocument.model_validate(client.get(f"/atlases/{atlas['id']}").json())

    assert (document.kind, document.model, document.layer) == ("atlas", "tiny", "second")
    assert (document.dataset, document.classes) == (dataset, ("cat", "dog"))
    assert document.layer_shape == (8, 8, 8)
    assert (document.images, document.unread) == (3 * IMAGES_EACH, 0)
    assert document.points + document.silent == 2 * 3 * IMAGES_EACH
    for grid in document.grids:
        cells = AtlasCells.model_validate_json(artifact(client, atlas, grid.cells_path))
        assert len(cells.cells) == grid.cells
        assert sum(cell.n for cell in cells.cells) == grid.points
        assert grid.points + grid.sparse_points == document.points
        assert len({(cell.x, cell.y) for cell in cells.cells}) == grid.cells
    assert (
        client.get(f"/jobs/{atlas['id']}/artifacts/atlas.json").json()
        == client.get(f"/atlases/{atlas['id']}").json()
    )


def test_every_cell_has_an_icon_that_shows_something(client, atlas):
    document = AtlasDocument.model_validate(client.get(f"/atlases/{atlas['id']}").json())

    for grid in document.grids:
        size = grid.icon_size
        cells = AtlasCells.model_validate_json(artifact(client, atlas, grid.cells_path))
        tile = artifact(client, atlas, f"{grid.tiles_path}/0_0.webp")
        pixels = np.array(Image.open(io.BytesIO(tile)).convert("RGB"))
        assert pixels.shape == (grid.grid * size, grid.grid * size, 3)
        for cell in cells.cells:
            icon = pixels[cell.y * size :, cell.x * size :][:size, :size]
            assert icon.std() > 2.0
    preview = Image.open(io.BytesIO(artifact(client, atlas, "preview.png")))
    assert preview.width == preview.height >= 64


def test_what_was_collected_is_kept_if_that_was_asked_for(client, atlas):
    kept = unpack_shard(artifact(client, atlas, "activations.npz"))

    # The places of an image are away from the edges of its 8 x 8 map.
    assert kept.places.min() >= 1
    assert kept.places.max() <= 6
    assert len(np.unique(kept.images)) <= 3 * IMAGES_EACH
    assert kept.attributions.shape == (len(kept.vectors), 2)


def test_it_is_listed_with_where_its_parts_are(client, atlas):
    listed = client.get("/atlases").json()["atlases"]

    (found,) = [one for one in listed if one["id"] == atlas["id"]]
    assert found["model"] == "tiny"
    assert client.get(found["atlas"]).json()["version"] == 1
    assert client.get(found["preview"]).headers["content-type"] == "image/png"


def test_images_of_one_family_fall_where_others_of_it_lie(client, atlas):
    def weights(number: int, noise: int) -> dict:
        answer = client.post(
            f"/atlases/{atlas['id']}/locate",
            files={"image": ("a.png", family(number, noise=noise))},
        )
        assert answer.status_code == 200, answer.text
        return {
            (one["row"], one["column"]): one["weight"]
            for one in answer.json()
            if one["grid"] == 4
        }

    def shared(left: dict, right: dict) -> float:
        return sum(min(left.get(cell, 0.0), right.get(cell, 0.0)) for cell in left)

    first, again, other = weights(0, 7001), weights(0, 7002), weights(2, 7003)
    assert sum(first.values()) == pytest.approx(1.0, abs=0.05)
    assert shared(first, again) > 2 * shared(first, other)


def test_several_images_are_located_in_the_order_sent(client, atlas):
    one, other = family(0, noise=1), family(2, noise=2)
    url = f"/atlases/{atlas['id']}/locate"

    both = client.post(url, files=[("image", ("a", one)), ("image", ("b", other))])

    alone = [client.post(url, files={"image": ("a", image)}).json() for image in (one, other)]
    assert both.json() == {"results": alone}


def test_the_same_seed_and_images_make_the_same_atlas_again(client, atlas, dataset):
    again = made(client, dataset=dataset, positions_per_image=2, keep_activations=True)

    for path in ("cells/2.json", "cells/4.json", "tiles/4/0_0.webp", "landmarks.npz"):
        assert artifact(client, again, path) == artifact(client, atlas, path)


def test_a_class_atlas_holds_only_what_speaks_for_the_class(client, dataset):
    job = made(client, dataset=dataset, class_filter="dog", keep_activations=True)
    assert job["status"] == "succeeded", job

    document = AtlasDocument.model_validate(client.get(f"/atlases/{job['id']}").json())
    kept = unpack_shard(artifact(client, job, "activations.npz"))
    assert (document.kind, document.class_filter) == ("class-atlas", 1)
    assert (kept.attributions[:, 1] > 0).all()


def test_a_dry_run_tells_the_cost_and_makes_nothing(client, dataset):
    job = made(client, dataset=dataset, dry_run=True)

    cost = client.get(job["links"]["result"]).json()
    assert cost["images"] == cost["activations"] == 3 * IMAGES_EACH
    assert cost["icon_steps"] == cost["cells"] * 4
    assert client.get(job["links"]["artifacts"]).json() == {"artifacts": []}
    missing = client.get(f"/atlases/{job['id']}")
    assert (missing.status_code, missing.json()["code"]) == (404, "atlas_not_found")
    assert job["id"] not in {one["id"] for one in client.get("/atlases").json()["atlases"]}


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"dataset": "nothing"}, "dataset_not_found"),
        ({"layer": "third"}, "layer_not_found"),
        ({"layer": "scores"}, "layer_not_spatial"),
        ({"class_filter": "horse"}, "class_not_found"),
        ({"samples": 3}, "too_few_points"),
    ],
)
def test_what_cannot_be_laid_out_fails_with_its_own_code(client, dataset, params, code):
    job = made(client, **{"dataset": dataset} | params)

    assert (job["status"], job["error"]["code"]) == ("failed", code)
    assert client.get(job["links"]["result"]).json()["code"] == code


@pytest.mark.parametrize(
    ("params", "pointer"),
    [
        ({"grids": [8, 4]}, "/params"),
        ({"versus": "cat"}, "/params"),
        ({"steps": 0}, "/params/steps"),
        ({"projection": "pca"}, "/params/projection"),
    ],
)
def test_wrong_parameters_are_refused_before_a_job_is_made(client, dataset, params, pointer):
    answer = client.post(
        "/jobs", json={"kind": "atlas", "params": {"dataset": dataset} | params}
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith(pointer)
