"""What ships with the bundled model is of this very model, whole, and holds no photograph."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from api_schemas.atlases import AtlasCells, AtlasDocument
from api_schemas.job_kinds import JOB_KINDS
from api_schemas.packed_jobs import ARTIFACTS, PackedJob
from core.atlas.locate import unpack_landmarks
from core.models.load import load_classifier

MODEL = Path(__file__).resolve().parents[2] / "models" / "catsdogs"
SHIPPED = sorted((MODEL / "shipped").glob("*.zip"))
MOST_BYTES = 6 * 1024 * 1024

DRAWN = {
    "atlas": ("preview.png", "tiles/"),
    "activation-maximization": ("grid.png", "pictures/"),
}
"""Pictures that a kind of job draws by feature visualization, and no others."""


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name.removeprefix(ARTIFACTS): archive.read(name) for name in archive.namelist()}


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
def shipped(request):
    files = members(request.param)
    return PackedJob.model_validate_json(files.pop("job.json")), files


def test_an_atlas_and_visualizations_ship_in_a_few_megabytes():
    kinds = [PackedJob.model_validate_json(members(path)["job.json"]).kind for path in SHIPPED]

    assert {"atlas", "activation-maximization"} == set(kinds)
    assert sum(path.stat().st_size for path in SHIPPED) < MOST_BYTES


def test_each_was_made_by_a_kind_of_job_that_is_still_there(shipped):
    job, _ = shipped

    JOB_KINDS[job.kind].parameters.model_validate(job.params)
    assert job.model == MODEL.name


def test_all_pictures_are_drawn_and_none_is_a_photograph(shipped):
    job, files = shipped
    pictures = [name for name in files if name.endswith((".png", ".webp", ".jpg"))]

    assert len(pictures) > 1
    for name in pictures:
        assert name.startswith(DRAWN[job.kind])
        Image.open(io.BytesIO(files[name])).load()


def test_the_atlas_is_of_the_bundled_models_weights_and_whole():
    files = members(MODEL / "shipped" / "atlas.zip")
    document = AtlasDocument.model_validate_json(files["atlas.json"])

    classifier = load_classifier(MODEL)
    assert document.model_sha256 == classifier.sha256
    assert document.layer == classifier.default_layer
    for grid in document.grids:
        cells = AtlasCells.model_validate_json(files[grid.cells_path]).cells
        assert len(cells) == grid.cells
        tiles = {f"{grid.tiles_path}/{cell.y // 10}_{cell.x // 10}.webp" for cell in cells}
        assert tiles <= set(files)
    landmarks = unpack_landmarks(files[document.landmarks_path])
    assert landmarks.vectors.shape[1] == document.layer_shape[2]


@pytest.mark.parametrize(
    "path", [path for path in SHIPPED if path.stem != "atlas"], ids=lambda path: path.stem
)
def test_visualizations_have_risen_far_above_where_they_began(path):
    files = members(path)
    job = PackedJob.model_validate_json(files["job.json"])

    assert len(json.loads(files["loss.json"])["pictures"]) == len(job.result["pictures"])
    for picture in job.result["pictures"]:
        assert picture["path"] in files
        assert picture["end"] > picture["start"] + 1.0
