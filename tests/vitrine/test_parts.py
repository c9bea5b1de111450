"""Which models are found, and which of them requests mean that name none."""

import pytest

from core.models.manifest import MANIFEST_FILE as MANIFEST_OF_WORKERS
from vitrine.supervision.errors import NoModelFolderError
from vitrine.supervision.parts import (
    MANIFEST_FILE,
    Shared,
    choose_default,
    front_plan,
    models_in,
    worker_plan,
)


@pytest.fixture
def folder(tmp_path):
    for name in ("zebra", "ape"):
        (tmp_path / name).mkdir()
        (tmp_path / name / MANIFEST_FILE).touch()
    (tmp_path / "no_model").mkdir()
    return tmp_path


def test_models_are_the_folders_with_a_manifest(folder):
    assert models_in(folder) == ["ape", "zebra"]


def test_a_folder_without_models_is_refused_with_what_is_missing(tmp_path):
    with pytest.raises(NoModelFolderError, match=r"NAME/model\.toml"):
        models_in(tmp_path)


def test_the_first_model_is_meant_unless_another_is_wanted(folder):
    assert choose_default(folder, ["ape", "zebra"], None) == "ape"
    assert choose_default(folder, ["ape", "zebra"], "zebra") == "zebra"


def test_wanting_a_model_that_is_not_there_is_refused(folder):
    with pytest.raises(NoModelFolderError, match=r"cow/model\.toml"):
        choose_default(folder, ["ape", "zebra"], "cow")


def test_workers_look_for_the_same_manifest_as_we_do():
    assert MANIFEST_FILE == MANIFEST_OF_WORKERS


def test_a_worker_that_finds_nothing_to_host_is_not_tried_again(tmp_path):
    plan = worker_plan(
        1, shared=Shared("redis://a", "redis://b", "store"), models_folder=tmp_path
    )

    # What `workers.__main__.main` answers to wrong settings and to a folder without models.
    assert plan.hopeless_codes == {2, 3}


def test_fronts_and_workers_are_told_the_same_places(tmp_path):
    shared = Shared("redis://requests", "redis://jobs", "s3://bucket/kept")

    worker = worker_plan(1, shared=shared, models_folder=tmp_path).environment
    front = front_plan(shared=shared, default_model="ape", host="::", port=1).environment

    for name in ("REDIS_URL", "JOBS_REDIS_URL", "STORE"):
        assert worker[f"VITRINE_WORKER_{name}"] == front[f"VITRINE_SERVICE_{name}"]
    assert worker["VITRINE_WORKER_JOBS_REDIS_URL"] == "redis://jobs"
