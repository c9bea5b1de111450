"""A map of six planted families of texture: each lies by itself, and each image in one cell."""

import io
from collections import Counter

import numpy as np
import pytest
from PIL import Image

from api_schemas.atlases import AtlasCells, AtlasDocument
from core.models.load import load_classifier
from storage.folder_store import FolderStore
from tests.core.atlas.texture_families import (
    FAMILIES,
    LABELS,
    SIDE,
    texture_images,
    texture_network,
)
from tests.workers.jobs.fake_run import InterruptedForTestError
from tests.workers.jobs.staged import carried_out, registered
from workers.jobs.atlas import collecting
from workers.jobs.dataset_map.image_icons import MISSING
from workers.jobs.dataset_map.laying_out import lay_out_map
from workers.jobs.dataset_map.stages import DatasetMapStages
from workers.jobs.interruptions import JobCancelledError
from workers.model_pool import HostedModel

PER_FAMILY = 20
IMAGES = FAMILIES * PER_FAMILY
MANIFEST = f"""\
title = "Six families of texture"
[weights]
file = "network.keras"
[input]
width = {SIDE}
height = {SIDE}
preprocessing = "tf"
[output]
activation = "logits"
classes = {list(LABELS)!r}
[explain]
layer = "pooled"
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "planted"
    folder.mkdir()
    texture_network().save(folder / "network.keras")
    (folder / "model.toml").write_text(MANIFEST.replace("'", '"'))
    return HostedModel(load_classifier(folder), max_compiled_kernels=4)


@pytest.fixture(scope="module")
def pictures():
    images, families = texture_images(PER_FAMILY)
    pixels = np.rint(np.clip(images + 1, 0, 2) * 127.5).astype(np.uint8)
    return {
        f"f{family}/{number:03}.png": one
        for number, (one, family) in enumerate(zip(pixels, families, strict=True))
    }


class Workshop:
    """A store with the dataset, and the stages of a map in this process alone."""

    def __init__(self, model, folder, pictures):
        self.folder = folder / "store"
        store = FolderStore(self.folder)
        self.photographs = folder / "photographs"
        self.stages = DatasetMapStages(lambda _: model, store, store_url=str(self.folder))
        self.params = {
            "dataset": registered(store, self.photographs, pictures),
            "projection": "tsne",
            "perplexity": 10,
            "grids": [4, 8],
            "cell_images": 64,
            "icon_size": 32,
            "seed": 2,
        }

    def made(self, **changes):
        return carried_out(self.stages.stages(), self.folder, self.params | changes)


@pytest.fixture(autouse=True)
def _lay_out_here(monkeypatch):
    """The process beside is tested over HTTP; here its work is done by this one."""

    def here(_kind, parameters, run, *, store_url, shards):
        lay_out_map(run.files, parameters, shards=shards)

    monkeypatch.setattr("workers.jobs.dataset_map.stages.lay_out_elsewhere", here)


@pytest.fixture
def workshop(model, tmp_path, pictures):
    return Workshop(model, tmp_path, pictures)


@pytest.fixture(scope="module")
def made(model, pictures, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collecting, "SHARD_IMAGES", 50)
        patch.setattr(
            "workers.jobs.dataset_map.stages.lay_out_elsewhere",
            lambda _kind, parameters, run, *, store_url, shards: lay_out_map(
                run.files, parameters, shards=shards
            ),
        )
        run, result = Workshop(model, tmp_path_factory.mktemp("map"), pictures).made()
    return run, result


def cells_of(run, grid):
    return AtlasCells.model_validate_json(run.files.read_artifact(f"cells/{grid}.json")).cells


@pytest.mark.parametrize("grid", [4, 8])
def test_every_image_is_in_exactly_one_cell(made, pictures, grid):
    cells = cells_of(made[0], grid)

    listed = Counter(path for cell in cells for path in cell.images)
    assert listed == dict.fromkeys(pictures, 1)
    assert all(cell.n == len(cell.images) for cell in cells)


def test_families_land_in_cells_of_their_own(made):
    for cell in cells_of(made[0], 8):
        families = Counter(path[:2] for path in cell.images)
        assert families.most_common(1)[0][1] >= 0.9 * cell.n


def test_each_cell_names_the_class_that_its_images_are_taken_for(made):
    for cell in cells_of(made[0], 8):
        family, _ = Counter(int(path[1]) for path in cell.images).most_common(1)[0]
        assert cell.i[0] == family
        assert cell.v[0] > 0 > min(cell.f)


def test_the_icon_is_the_image_nearest_to_the_mean(made, pictures):
    run, _ = made
    tile = Image.open(io.BytesIO(run.files.read_artifact("tiles/8/0_0.webp"))).convert("RGB")

    for cell in cells_of(run, 8):
        icon = np.array(tile)[cell.y * 32 :, cell.x * 32 :][:32, :32].astype(float)
        likeness = {
            path: np.corrcoef(enlarged(pictures[path]).ravel(), icon.ravel())[0, 1]
            for path in cell.images
        }
        assert likeness[cell.images[0]] > 0.9
        assert likeness[cell.images[0]] == max(likeness.values())


def enlarged(pixels):
    picture = Image.fromarray(pixels).resize((32, 32), Image.Resampling.BILINEAR)
    return np.array(picture, float)


def test_the_document_adds_up(made):
    run, result = made
    document = AtlasDocument.model_validate_json(run.files.read_artifact("atlas.json"))

    assert (document.kind, document.layer, document.points) == ("dataset-map", "pooled", IMAGES)
    assert document.classes == LABELS
    assert result["cells"] == {"4": len(cells_of(run, 4)), "8": len(cells_of(run, 8))}
    assert [grid.points for grid in document.grids] == [IMAGES, IMAGES]


def test_shards_of_any_size_make_the_same_map(made, workshop):
    # The one of the fixture was collected in three shards.
    run, _ = workshop.made()

    for path in ("cells/4.json", "cells/8.json", "tiles/8/0_0.webp", "landmarks.npz"):
        assert run.files.read_artifact(path) == made[0].files.read_artifact(path)


def test_only_so_many_images_are_laid_out_and_listed_as_are_asked_for(workshop):
    run, result = workshop.made(samples=30, cell_images=2, min_density=2)

    assert result["images"] == result["points"] == 30
    for cell in cells_of(run, 4):
        assert cell.n >= 2
        assert len(cell.images) == 2


def test_an_image_that_goes_meanwhile_leaves_its_cell_a_grey_icon(workshop, monkeypatch):
    fetch = DatasetMapStages.fetch

    def after_a_deletion(self, order, task, run):
        for path in workshop.photographs.rglob("*.png"):
            path.unlink()
        return fetch(self, order, task, run)

    monkeypatch.setattr(DatasetMapStages, "fetch", after_a_deletion)

    run, result = workshop.made()

    tile = Image.open(io.BytesIO(run.files.read_artifact("tiles/4/0_0.webp")))
    cell = cells_of(run, 4)[0]
    icon = np.array(tile)[cell.y * 32 :, cell.x * 32 :][:32, :32]
    assert np.abs(icon.astype(int) - MISSING).max() <= 6
    assert result["images"] == IMAGES


def test_the_coarsest_grid_is_shown_before_the_rest_is_there(made, workshop, monkeypatch):
    monkeypatch.setattr("workers.jobs.dataset_map.image_icons.TASK_ICONS", 8)
    shown_after = []

    def noted(self, order, task, run):
        result = fetch(self, order, task, run)
        shown_after.append(len(run.previews))
        return result

    fetch = DatasetMapStages.fetch
    monkeypatch.setattr(DatasetMapStages, "fetch", noted)

    run, _ = workshop.made()

    coarse = len(cells_of(run, 4))
    first = -(-coarse // 8)
    assert len(shown_after) > first
    assert shown_after == [0] * (first - 1) + [1] * (len(shown_after) - first + 1)
    assert Image.open(io.BytesIO(run.previews[0])).width > 300
    assert run.files.read_artifact("preview.png") == made[0].files.read_artifact("preview.png")


def test_a_dry_run_looks_at_no_image_and_leaves_nothing(workshop):
    for path in workshop.photographs.rglob("*.png"):
        path.unlink()

    run, result = workshop.made(dry_run=True, samples=50, min_density=2, fit_points=100)

    # 50 images fill 25 cells of two: all 16 of the first grid, 25 of 64.
    assert result == {"images": 50, "fitted": 50, "cells": 16 + 25}
    assert list(run.files.list_artifacts()) == []
    assert run.steps == []


def test_stages_that_are_done_again_change_nothing(made, workshop):
    workshop.made()

    run, _ = carried_out(workshop.stages.stages(), workshop.folder, workshop.params, skip=(0,))

    for path in ("cells/8.json", "tiles/8/0_0.webp", "preview.png"):
        assert run.files.read_artifact(path) == made[0].files.read_artifact(path)


@pytest.mark.parametrize("interruption", [JobCancelledError(), InterruptedForTestError()])
def test_collecting_stops_between_two_batches(workshop, monkeypatch, interruption):
    batches = []

    def interrupted(self, steps, *, stage, **_):
        for step in steps:
            if len(batches) == 2:
                raise interruption
            batches.append(stage)
            yield step

    monkeypatch.setattr("tests.workers.jobs.fake_run.FakeRun.slices", interrupted)

    with pytest.raises(type(interruption)):
        workshop.made()

    assert batches == ["collect"] * 2
