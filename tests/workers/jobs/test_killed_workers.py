"""A job whose workers are killed in each of its stages comes to what a quiet one comes to."""

from pathlib import Path

import numpy as np
import pytest
import redis

from api_schemas.job_kinds import JOB_KINDS
from storage.job_files import JobFiles
from storage.store import open_store
from tests.messaging.jobs.boards import board_of
from tests.processes import valkey
from tests.tiny_model import write_tiny_model
from tests.workers.jobs.planted_attack import (
    CAT,
    DOG,
    grey_pictures,
    write_atlas,
    write_weak_model,
)
from tests.workers.jobs.staged import registered
from tests.workers.jobs.workforce import ended_under, files_of, log_of, workforce
from workers.jobs.kinds import job_kinds

pytestmark = pytest.mark.processes

PLANTED_ATLAS = "planted-atlas"
LAYOUT = {"grids": [2, 4], "min_density": 1, "icon_size": 32, "seed": 3}
ORDERS = {
    "activation-maximization": {"layer": "second", "channels": "random:2", "steps": 8},
    "atlas": LAYOUT | {"projection": "tsne", "steps": 4, "keep_activations": True},
    "compare-models": {"other_model": "other"},
    "dataset-map": LAYOUT,
    "explain-dataset": {"methods": ["gradcam", "occlusion"]},
    "patch-attack": {"atlas": PLANTED_ATLAS, "source": CAT, "target": DOG, "sizes": [0.5]},
    "strongest-images": {"layer": "second"},
}
"""What is asked for; of the colourful dataset, of which all but one are of grey pictures."""
COLLECTED = {"atlas": 3, "compare-models": 3, "dataset-map": 3, "explain-dataset": 2}
"""Tasks of the first stage, where there are several; a kill costs one of them."""


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    """A store with two datasets and an atlas, and a folder of three models."""
    folder = tmp_path_factory.mktemp("workshop")
    write_tiny_model(folder / "models")
    write_tiny_model(folder / "models", name="other", seed=8)
    write_weak_model(folder / "models" / "planted")
    return folder


@pytest.fixture(scope="module")
def datasets(workshop):
    """By model: ninety pictures of three colours with noise, and grey ones of cats."""
    random = np.random.default_rng(0)
    colours = np.array([(230, 40, 40), (40, 200, 60), (50, 60, 220)])
    noisy = {
        f"c{number % 3}/{number:02}.png": np.clip(
            colours[number % 3] + random.normal(0, 25, (40, 40, 3)), 0, 255
        ).astype(np.uint8)
        for number in range(90)
    }
    store = open_store(str(workshop / "store"))
    return {
        "tiny": registered(store, workshop / "colours", noisy),
        "planted": registered(store, workshop / "cats", grey_pictures(30)),
    }


def order_of(kind, datasets):
    """Give the model, and all parameters."""
    model = "planted" if kind == "patch-attack" else "tiny"
    known = JOB_KINDS[kind].parameters.model_fields
    dataset = {"dataset": datasets[model]} if "dataset" in known else {}
    params = JOB_KINDS[kind].parameters.model_validate(dataset | ORDERS[kind])
    return model, params.model_dump(mode="json")


@pytest.fixture(scope="module")
def stages(workshop):
    """How many stages each kind has."""
    store = open_store(str(workshop / "store"))
    kinds = job_kinds(lambda _: None, store, store_url="")
    return {kind: len(stages) for kind, stages in kinds.items()}


@pytest.fixture(scope="module")
def redis_url():
    with valkey() as url:
        yield url


@pytest.fixture(scope="module")
def workers(redis_url, workshop, stages):
    store, models = workshop / "store", workshop / "models"
    with workforce(redis_url, store, models, count=sum(stages.values()) + 2) as force:
        yield force


@pytest.mark.parametrize("kind", JOB_KINDS)
async def test_killed_in_every_stage_a_job_comes_to_the_same_and_nothing_is_done_anew(
    kind, workshop, datasets, stages, redis_url, workers
):
    store: Path = workshop / "store"
    model, params = order_of(kind, datasets)
    if kind == "patch-attack":
        write_atlas(JobFiles(open_store(str(store)), PLANTED_ATLAS), model_sha256="?")
    killed_before = workers.killed
    with redis.Redis.from_url(redis_url) as keeping:
        async with board_of(redis_url) as board:
            quiet, _ = await board.submit(kind, model, params, idempotency=None)
            quiet = await ended_under(workers, board, quiet.id)
            for stage in range(stages[kind]):
                keeping.set(f"die:{kind}:{stage}", "yes")
            shaken, _ = await board.submit(kind, model, params, idempotency=None)
            shaken = await ended_under(workers, board, shaken.id)

        assert workers.killed - killed_before == stages[kind]
        assert shaken.result == quiet.result
        assert files_of(store, shaken.id) == files_of(store, quiet.id) != {}
        check_log(log_of(keeping, shaken.id), stages[kind], COLLECTED.get(kind, 1))


def check_log(log: list[tuple[str, int, int]], stages: int, collected: int) -> None:
    """Hold the order of tasks against what may be done twice: what was under way."""
    begun = [(stage, task) for word, stage, task in log if word == "begun"]
    done = [(stage, task) for word, stage, task in log if word == "done"]
    # No stage begins before all of the one before it is done, and none comes back.
    assert [stage for stage, _ in begun] == sorted(stage for stage, _ in begun)
    for one in set(done):
        first = log.index(("done", *one))
        assert ("begun", *one) not in log[first:]
    for stage in range(stages):
        tasks = [task for of, task in begun if of == stage]
        assert len(tasks) > len(set(tasks))
    assert {task for stage, task in begun if stage == 0} == set(range(collected))
