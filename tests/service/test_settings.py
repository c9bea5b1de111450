"""Wrong, missing and misspelt settings stop the start."""

import os

import pytest
from pydantic import ValidationError

from service.settings import ServiceSettings
from workers.settings import WorkerSettings


@pytest.fixture(autouse=True)
def _complete(monkeypatch):
    for name in os.environ:
        if name.startswith("VITRINE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("VITRINE_SERVICE_REDIS_URL", "redis://127.0.0.1:6379")
    monkeypatch.setenv("VITRINE_WORKER_REDIS_URL", "rediss://user:word@host/2")
    monkeypatch.setenv("VITRINE_WORKER_MODELS_FOLDER", "models")


def test_settings_are_read_from_the_environment(monkeypatch):
    monkeypatch.setenv("VITRINE_SERVICE_PORT", "1234")

    assert ServiceSettings().port == 1234
    assert WorkerSettings().redis_url == "rediss://user:word@host/2"


@pytest.mark.parametrize("settings", [ServiceSettings, WorkerSettings])
def test_there_is_no_guess_where_redis_is(settings, monkeypatch):
    monkeypatch.delenv(f"{settings.model_config['env_prefix']}REDIS_URL")

    with pytest.raises(ValidationError, match="redis_url"):
        settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VITRINE_SERVICE_REDIS_URL", "127.0.0.1:6379"),
        ("VITRINE_SERVICE_REDIS_URL", "http://127.0.0.1"),
        ("VITRINE_SERVICE_PORT", "http"),
        ("VITRINE_SERVICE_DEADLINE_SECONDS", "0"),
        ("VITRINE_SERVICE_DEADLINE_SECONDS", "nan"),
        ("VITRINE_SERVICE_ROOT_PATH", "vitrine/"),
        ("VITRINE_SERVICE_MAX_WAITING_REQUESTS", "-1"),
        ("VITRINE_SERVICE_DEFAULT_MODEL", ""),
        ("VITRINE_SERVICE_STORE", ""),
        ("VITRINE_SERVICE_STORE", "gs://bucket/prefix"),
        ("VITRINE_SERVICE_STORE", "s3://"),
        ("VITRINE_SERVICE_DATASET_ROOTS", "pets"),
        ("VITRINE_SERVICE_DATASET_ROOTS", "/data, http://host/pets"),
        ("VITRINE_SERVICE_DATASET_ROOTS", "/data,"),
        ("VITRINE_SERVICE_MAX_ARCHIVE_BYTES", "0"),
    ],
)
def test_a_value_that_makes_no_sense_stops_the_start(name, value, monkeypatch):
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError):
        ServiceSettings()


@pytest.mark.parametrize(
    "store", ["store", "/a:b", "file:///a", "s3://bucket", "s3://bucket/a"]
)
def test_a_store_and_roots_are_named_in_several_ways(store, monkeypatch):
    monkeypatch.setenv("VITRINE_SERVICE_STORE", store)
    monkeypatch.setenv("VITRINE_SERVICE_DATASET_ROOTS", "/data, s3://bucket/sets,file:///more")

    assert ServiceSettings().store == store


def test_a_misspelt_setting_stops_the_start_and_names_the_nearest(monkeypatch):
    monkeypatch.setenv("VITRINE_WORKER_MAX_BATCH_IMAGE", "4")

    with pytest.raises(ValidationError, match="nearest: VITRINE_WORKER_MAX_BATCH_IMAGES"):
        WorkerSettings()


def test_settings_of_one_process_do_not_stop_another(monkeypatch):
    monkeypatch.setenv("VITRINE_CLIENT_URL", "http://127.0.0.1")

    assert ServiceSettings().default_model
    assert WorkerSettings().max_batch_images
