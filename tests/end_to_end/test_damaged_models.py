"""Damaged and hostile model folders are named with their reasons and harm no other model."""

import json
import shutil
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import keras
import pytest

from tests.end_to_end.images import encoded, noise
from tests.end_to_end.test_answers import raw_of
from tests.processes import RunningProcess, front, valkey, wait_ready, worker
from tests.tiny_model import write_tiny_model

pytestmark = pytest.mark.processes

SOUND = "sound"
MEBIBYTE = 1 << 20
FILES = {"image": encoded(noise(0))}


@dataclass(frozen=True)
class Damage:
    """What is done to a copy of the sound model's folder, and what the worker says of it."""

    do: Callable[[Path], None]
    words: str


def truncate(folder: Path) -> None:
    weights = folder / "model.keras"
    weights.write_bytes(weights.read_bytes()[: weights.stat().st_size // 2])


def empty(folder: Path) -> None:
    (folder / "model.keras").write_bytes(b"")


def rewrite(folder: Path, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> None:
    """Write the network's file with other members."""
    weights = folder / "model.keras"
    with zipfile.ZipFile(weights) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(weights, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in change(members).items():
            archive.writestr(name, content)


def widen(folder: Path) -> None:
    """Describe a wider layer than the weights are of."""

    def widened(members: dict[str, bytes]) -> dict[str, bytes]:
        description = json.loads(members["config.json"])
        for layer in description["config"]["layers"]:
            if layer["config"]["name"] == "second":
                layer["config"]["filters"] = 9
        return {**members, "config.json": json.dumps(description).encode()}

    rewrite(folder, widened)


def hide_code(folder: Path) -> None:
    """Put a layer in that runs code of its own."""
    pixels = keras.Input((32, 32, 3))
    maps = keras.layers.Lambda(lambda given: given * 2.0)(pixels)
    features = keras.layers.GlobalAveragePooling2D()(maps)
    network = keras.Model(pixels, keras.layers.Dense(2, "softmax")(features))
    with warnings.catch_warnings():
        # Keras reads its variables in a way that NumPy 2 advises against.
        warnings.simplefilter("ignore", DeprecationWarning)
        network.save(folder / "model.keras")


def lead_out(folder: Path) -> None:
    """Name the sound neighbour's file as one's own."""
    manifest = folder / "model.toml"
    manifest.write_text(manifest.read_text().replace("model.keras", f"../{SOUND}/model.keras"))


def link_out(folder: Path) -> None:
    (folder / "model.keras").unlink()
    (folder / "model.keras").symlink_to(folder.parent / SOUND / "model.keras")


def burst(folder: Path) -> None:
    """Add a member of zeros, a thousand times smaller than what it unpacks to."""
    rewrite(folder, lambda members: {**members, "assets/zeros": bytes(80 * MEBIBYTE)})


def climb(folder: Path) -> None:
    rewrite(folder, lambda members: {**members, "../../evil": b"content"})


def garble_manifest(folder: Path) -> None:
    (folder / "model.toml").write_bytes(b"\xff\xfe[weights")


def mislabel(folder: Path) -> None:
    manifest = folder / "model.toml"
    manifest.write_text(manifest.read_text().replace('["cat", "dog"]', '["cat"]'))


def leave_alone(_: Path) -> None:
    """Only the folder's name is wrong."""


DAMAGES = {
    "truncated": Damage(truncate, "model.keras is truncated, damaged or no .keras file"),
    "zero-byte": Damage(empty, "model.keras is empty"),
    "wrong-shape": Damage(widen, "the weights cannot be loaded"),
    "lambda-layer": Damage(hide_code, "runs only if the operator trusts it"),
    "path-trick": Damage(lead_out, "lies outside the model's folder"),
    "link-trick": Damage(link_out, "lies outside the model's folder"),
    "zip-bomb": Damage(burst, "unpacks to 80 MiB"),
    "zip-slip": Damage(climb, "a member that leads out of it: 'evil'"),
    "no-toml": Damage(garble_manifest, "model.toml is no TOML"),
    "one-label": Damage(mislabel, "output.classes"),
    "no-weights": Damage(lambda folder: (folder / "model.keras").unlink(), "there is no file"),
    "Wrong Name": Damage(leave_alone, "a model's name has small letters"),
}
"""By the name of the model."""


@dataclass(frozen=True)
class Service:
    """A worker among damaged models, and a front."""

    worker: RunningProcess
    client: httpx.Client

    @property
    def reasons(self) -> dict[str, str]:
        """Why each model was left out, as the worker's log says."""
        lines = [line for line in self.worker.stderr.splitlines() if line.startswith("{")]
        events = [json.loads(line) for line in lines]
        return {
            event["model"]: event["reason"]
            for event in events
            if event["event"] == "model left out"
        }


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of one sound model and of as many damaged copies as there are damages."""
    folder = tmp_path_factory.mktemp("models")
    sound = write_tiny_model(folder, name=SOUND)
    for name, damage in DAMAGES.items():
        shutil.copytree(sound, folder / name)
        damage.do(folder / name)
    return folder


@pytest.fixture(scope="module")
def service(models: Path) -> Iterator[Service]:
    with (
        valkey() as redis_url,
        worker(redis_url, models) as process,
        front(redis_url, SOUND, deadline_seconds=60.0) as url,
        httpx.Client(base_url=url, timeout=90.0) as client,
    ):
        wait_ready(url)
        yield Service(process, client)


@pytest.mark.parametrize("name", DAMAGES)
def test_the_log_names_a_damaged_model_with_its_reason(service, name):
    reason = service.reasons[name]

    assert DAMAGES[name].words in reason
    assert name in reason
    assert "Traceback" not in service.worker.stderr


def test_only_what_can_be_hosted_is_listed_as_a_model(service):
    listed = service.client.get("/models").json()["models"]

    assert [(model["name"], model["ready"]) for model in listed] == [(SOUND, True)]
    assert service.reasons.keys() == DAMAGES.keys()


@pytest.mark.parametrize("name", DAMAGES)
def test_requests_for_a_damaged_model_get_a_problem_and_the_sound_one_answers(service, name):
    client = service.client
    predicted = client.post("/predict", files=FILES, data={"model": name})
    explained = client.post("/explain/gradcam", files=FILES, data={"model": name})
    described = client.get(f"/models/{name}")
    sound = client.post("/predict", files=FILES)

    for refused in (predicted, explained, described):
        assert refused.status_code == 404
        assert refused.json()["code"] == "model_not_found"
    assert sound.status_code == 200
    assert sound.json()["model"] == SOUND


def test_the_sound_model_is_explained_among_the_damaged_ones(service):
    options = {"model": SOUND, "outputs": "raw", "polarity": "both"}
    answer = service.client.post("/explain/gradcam", files=FILES, data=options).json()

    assert raw_of(answer).shape == (8, 8)
    assert service.worker.popen.poll() is None


def test_a_hostile_file_writes_nothing_outside_its_folder(service, models):
    assert service.client.get("/models").is_success
    assert {path.name for path in models.iterdir()} == {SOUND, *DAMAGES}
    assert not (models.parent / "evil").exists()
