"""`vitrine up` as a whole: real Redis, worker and front in one process tree."""

import io
import re
import signal
import sys
from pathlib import Path

import httpx
import numpy as np
import psutil
import pytest
from PIL import Image

from tests.processes import (
    START_SECONDS,
    RunningProcess,
    answers,
    running,
    wait_until,
)
from tests.tiny_model import write_tiny_model

pytestmark = pytest.mark.processes

UP = [sys.executable, "-m", "vitrine", "up", "--port", "0"]

ENDS_SECONDS = 60.0
"""It takes a second or two where the machine is idle; children that do not end are killed after
their `end_seconds`, one after the other."""


@pytest.fixture(scope="module")
def models(tmp_path_factory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("models")).parent


@pytest.fixture(scope="module")
def temporary(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("tmp")


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def up(models, temporary, data):
    command = [*UP, "--models", str(models), "--data", str(data)]
    with running(command, {"TMPDIR": str(temporary)}) as process:
        wait_until(
            lambda: "ready after" in process.stderr or process.popen.poll() is not None,
            "vitrine up is ready",
        )
        yield process


@pytest.fixture(scope="module")
def address(up) -> str:
    [found] = re.findall(r"open (http://\S+)", up.stderr)
    return found


def picture() -> bytes:
    pixels = np.random.default_rng(1).integers(0, 255, (40, 50, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "png")
    return file.getvalue()


def explain(address: str) -> httpx.Response:
    """Have a worker explain a picture, which the cache knows by the second time."""
    return httpx.post(
        f"{address}/explain/gradcam",
        files={"image": ("a.png", picture())},
        headers={"Cache-Control": "no-cache"},
        timeout=60,
    )


def descendants(process: RunningProcess) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def running_ones(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [
        process
        for process in processes
        if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    ]


def child(process: RunningProcess, module: str) -> psutil.Process:
    [found] = [one for one in descendants(process) if one.cmdline()[-1:] == [module]]
    return found


def test_it_says_where_to_look_and_answers_there(address):
    answer = explain(address)

    assert answer.status_code == 200
    assert answer.json()["model"] == "tiny"
    assert httpx.get(address, timeout=60).status_code == 200


def test_a_second_one_on_the_same_data_folder_is_refused(up, models, data):
    command = [*UP, "--models", str(models), "--data", str(data)]
    with running(command) as second:
        assert second.wait(START_SECONDS) == 1

        assert f"another `vitrine up` uses the data folder {data}" in second.stderr
        assert "Traceback" not in second.stderr


def test_a_second_one_on_the_same_port_is_refused(address, models):
    port = address.rsplit(":", 1)[1]
    with running([*UP[:-1], port, "--models", str(models)]) as second:
        assert second.wait(START_SECONDS) == 1

        assert f"127.0.0.1:{port}: Address already in use" in second.stderr
        assert "starting" not in second.stderr


def test_a_killed_front_is_started_again(up, address):
    child(up, "service").kill()

    wait_until(lambda: "front ended by SIGKILL" in up.stderr, "the death is told")
    wait_until(lambda: answers(f"{address}/healthz/live"), "the front answers again")


def test_a_killed_redis_is_started_again_and_the_others_find_it(up, address):
    servers = [one for one in descendants(up) if "valkey" in one.name()]
    assert len(servers) == 2
    for server in servers:
        server.kill()

    for name in ("redis", "jobs-redis"):
        told = f"vitrine: {name} ended by SIGKILL"
        wait_until(lambda told=told: told in up.stderr, "the death is told")
    wait_until(lambda: answers(f"{address}/healthz/ready"), "it is ready again")
    assert explain(address).status_code == 200


def test_a_killed_worker_is_started_again_and_answers(up, address):
    killed = child(up, "workers")
    killed.kill()

    wait_until(lambda: "worker 1 ended by SIGKILL" in up.stderr, "the death is told")
    # Whether the dead one still counts as alive depends on how soon its successor is there.
    wait_until(lambda: explain(address).status_code == 200, "another worker answers")
    assert child(up, "workers").pid != killed.pid


def test_at_the_end_nothing_is_left_of_a_ready_one(up, address, temporary, data):
    family = descendants(up)

    up.signal(signal.SIGTERM)

    assert up.wait(ENDS_SECONDS) == 0
    assert len(family) == 4
    assert running_ones(family) == []
    assert list(temporary.iterdir()) == []
    # What a start after this one finds again: no sockets, and no files but those of the jobs.
    assert {one.name for one in data.iterdir()} <= {"jobs", "store"}
    assert not answers(f"{address}/healthz/live")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_it_starts_leaves_nothing_either(number, models, tmp_path):
    with running([*UP, "--models", str(models)], {"TMPDIR": str(tmp_path)}) as process:
        wait_until(lambda: len(descendants(process)) == 4, "the children are started")
        family = descendants(process)

        process.signal(number)

        assert process.wait(ENDS_SECONDS) == 0
        assert f"ending on {number.name}" in process.stderr
    assert running_ones(family) == []
    assert list(tmp_path.iterdir()) == []


def test_killed_itself_it_leaves_no_process_behind(models, tmp_path):
    with running([*UP, "--models", str(models)], {"TMPDIR": str(tmp_path)}) as process:
        wait_until(lambda: len(descendants(process)) == 4, "the children are started")
        family = descendants(process)

        process.signal(signal.SIGKILL)

        wait_until(lambda: running_ones(family) == [], "all are gone")
