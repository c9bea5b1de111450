"""Models come from a folder or from an object store, and a wrong address says so."""

import uuid

import fsspec
import pytest

from workers.model_source import ModelSourceError, local_models


def test_a_folder_of_this_machine_is_used_where_it_is(tmp_path):
    assert local_models(str(tmp_path)) == tmp_path


def test_a_missing_folder_is_named_in_the_refusal(tmp_path):
    with pytest.raises(ModelSourceError, match="no such folder"):
        local_models(str(tmp_path / "nowhere"))


def test_a_prefix_of_an_object_store_is_copied_whole():
    prefix = f"/bucket-{uuid.uuid4().hex}/models"
    store = fsspec.filesystem("memory")
    store.pipe(f"{prefix}/birds/model.toml", b"title = 'Birds'")
    store.pipe(f"{prefix}/birds/weights/birds.keras", b"weights")
    store.pipe(f"{prefix}/notes.txt", b"not a model")

    folder = local_models(f"memory:/{prefix}")

    assert (folder / "birds" / "model.toml").read_text() == "title = 'Birds'"
    assert (folder / "birds" / "weights" / "birds.keras").read_bytes() == b"weights"
    assert [path.name for path in folder.iterdir()] == ["birds"]


def test_an_empty_prefix_of_an_object_store_is_refused():
    with pytest.raises(ModelSourceError, match="no folder under it"):
        local_models(f"memory://nothing-{uuid.uuid4().hex}")


def test_a_store_that_nobody_knows_is_refused_and_not_raised_through():
    with pytest.raises(ModelSourceError, match="nonsense"):
        local_models("nonsense://bucket/models")
