"""What front and worker show of a network is what the network itself computes and holds."""

import base64
import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx
import keras
import numpy as np
import pytest
from PIL import Image

from api_schemas.packed_jobs import PackedJob
from tests.processes import front, valkey, wait_ready, wait_until, worker
from tests.tiny_model import write_tiny_model

pytestmark = pytest.mark.processes

SIDE = 32


@pytest.fixture(scope="module")
def models(tmp_path_factory) -> Path:
    """One network with random weights, and one that answers to brightness alone."""
    folder = tmp_path_factory.mktemp("models")
    write_tiny_model(folder, name="tiny", size=SIDE)
    make_bright_seeing(write_tiny_model(folder, name="bright", size=SIDE))
    pack_job(folder / "tiny" / "shipped" / "grid.zip")
    return folder


@pytest.fixture(scope="module")
def service(models, tmp_path_factory) -> Iterator[httpx.Client]:
    """A client of a front with one worker."""
    store = tmp_path_factory.mktemp("store")
    with (
        valkey() as redis_url,
        worker(redis_url, models, store=store),
        front(redis_url, "tiny", store=store) as base_url,
    ):
        wait_ready(base_url)
        with httpx.Client(base_url=base_url, timeout=60.0) as client:
            yield client


def make_bright_seeing(folder: Path) -> None:
    """Have every unit average what it sees: only bright places get through the ReLUs."""
    network = keras.models.load_model(folder / "model.keras")
    for name in ("first", "second"):
        kernel, bias = network.get_layer(name).get_weights()
        network.get_layer(name).set_weights([kernel * 0 + 0.05, bias * 0])
    towards, bias = network.get_layer("scores").get_weights()
    network.get_layer("scores").set_weights([towards * 0 + [[1.0, -1.0]], bias * 0])
    with warnings.catch_warnings():
        # Keras reads its variables in a way that NumPy 2 advises against.
        warnings.simplefilter("ignore", DeprecationWarning)
        network.save(folder / "model.keras")


def pack_job(path: Path) -> None:
    """Have a job come with the model."""
    packed = PackedJob(
        kind="activation-maximization",
        model="tiny",
        params={"layer": "second"},
        result={"grid": "grid.png"},
        created_at="2026-01-02T03:04:05Z",
        started_at="2026-01-02T03:04:05Z",
        finished_at="2026-01-02T03:04:06Z",
    )
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("job.json", packed.model_dump_json())
        archive.writestr("artifacts/grid.png", png(photographs(1)[0]))


def photographs(count: int) -> np.ndarray:
    """Make noise in the size of the model's input: [count, H, W, 3] uint8."""
    return np.random.default_rng(1).integers(0, 256, (count, SIDE, SIDE, 3), dtype=np.uint8)


def png(pixels: np.ndarray) -> bytes:
    file = BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def numbers(array: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(array["b64"]), "<f4").reshape(array["shape"])


def opened(base64_file: str) -> Image.Image:
    return Image.open(BytesIO(base64.b64decode(base64_file)))


def test_feature_maps_are_the_networks_own_activations(service, models):
    images = photographs(3)
    network = keras.models.load_model(models / "tiny" / "model.keras")
    layer = keras.Model(network.input, network.get_layer("second").output)
    expected = layer(images / np.float32(127.5) - 1).numpy()

    response = service.post(
        "/explain/feature-maps",
        files=[("image", png(image)) for image in images],
        data={"outputs": "raw,channels", "channels": "5,0-2"},
    )

    for answer, activations in zip(response.json()["results"], expected, strict=True):
        shown = activations[..., [5, 0, 1, 2]]
        np.testing.assert_allclose(numbers(answer["raw"]), shown, rtol=1e-4, atol=1e-5)
        assert [channel["index"] for channel in answer["channels"]] == [5, 0, 1, 2]
        np.testing.assert_allclose(
            [channel["mean"] for channel in answer["channels"]],
            shown.mean((0, 1)),
            rtol=1e-4,
            atol=1e-5,
        )


@pytest.mark.parametrize(
    ("layer", "query", "picked"),
    [
        ("first", "", np.s_[:, :, :, :]),
        ("second", "", np.s_[:, :, [0], :]),
        ("second", "?channels=6-7,1&input_channel=3", np.s_[:, :, [3], [[6, 7, 1]]]),
    ],
)
def test_filters_are_the_networks_own_weights(service, models, layer, query, picked):
    network = keras.models.load_model(models / "tiny" / "model.keras")
    kernel = network.get_layer(layer).get_weights()[0]

    answer = service.get(f"/models/tiny/layers/{layer}/filters{query}").json()

    assert answer["kernel_shape"] == list(kernel.shape)
    np.testing.assert_array_equal(
        numbers(answer["raw"]).ravel(), np.ascontiguousarray(kernel[picked]).ravel()
    )


def test_readers_of_a_channel_have_the_networks_own_weights(service, models):
    network = keras.models.load_model(models / "tiny" / "model.keras")
    kernel = network.get_layer("second").get_weights()[0]
    towards = network.get_layer("scores").get_weights()[0]

    inner = service.get("/models/tiny/layers/first/readers?channel=1&most=3").json()
    outer = service.get("/models/tiny/layers/second/readers?channel=2").json()

    [second], [scores] = inner["readers"], outer["readers"]
    sums = kernel[:, :, 1].sum((0, 1))
    largest = np.argsort(-abs(sums))[:3]
    assert (second["layer"], second["units"]) == ("second", len(sums))
    assert [one["unit"] for one in second["strongest"]] == largest.tolist()
    assert [one["label"] for one in second["strongest"]] == [None] * 3
    weights = [one["weight"] for one in second["strongest"]]
    np.testing.assert_allclose(weights, sums[largest], rtol=1e-5)
    classes = service.get("/models/tiny").json()["classes"]
    by_label = {one["label"]: one["weight"] for one in scores["strongest"]}
    assert by_label == pytest.approx(dict(zip(classes, towards[2].tolist(), strict=True)))
    assert inner["untold"] == outer["untold"] == []


def test_a_job_that_came_with_the_model_is_there_from_the_start(service):
    wait_until(lambda: service.get("/jobs").json()["jobs"], "the packed job is brought")
    [job] = service.get("/jobs?status=succeeded").json()["jobs"]

    assert (job["model"], job["params"]) == ("tiny", {"layer": "second"})
    assert (job["created_at"], job["expires_at"]) == ("2026-01-02T03:04:05Z", None)
    assert service.get(job["links"]["result"]).json() == {"grid": "grid.png"}
    [artifact] = service.get(job["links"]["artifacts"]).json()["artifacts"]
    assert service.get(artifact["href"]).content == png(photographs(1)[0])
    assert service.post(f"/jobs/{job['id']}/retry").json()["code"] == "job_not_retryable"


def test_a_layer_without_filters_is_refused_by_name(service):
    response = service.get("/models/tiny/layers/scores/filters")

    assert response.status_code == 422
    assert response.json()["code"] == "layer_not_convolution"


@pytest.mark.parametrize(
    ("width", "height", "box"),
    [(180, 90, (100, 20, 60, 50)), (90, 180, (25, 40, 45, 80))],
    ids=["landscape", "portrait"],
)
@pytest.mark.parametrize("method", ["saliency", "gradcam"])
def test_a_bright_object_is_found_where_it_is(service, width, height, box, method):
    left, top, object_width, object_height = box
    is_object = np.zeros((height, width), bool)
    is_object[top : top + object_height, left : left + object_width] = True
    grain = np.random.default_rng(0).integers(-20, 21, (height, width, 3))
    pixels = np.where(is_object[..., np.newaxis], (230, 225, 200), (25, 30, 60)) + grain
    image = png(np.clip(pixels, 0, 255).astype(np.uint8))

    answer = service.post(
        "/localize",
        files={"image": image},
        data={"model": "bright", "method": method, "target": "cat"},
    ).json()

    found = np.asarray(opened(answer["mask"])) > 0
    assert (found & is_object).sum() / (found | is_object).sum() > 0.9
    np.testing.assert_allclose(
        [answer["box"][side] for side in ("x", "y", "width", "height")], box, atol=4
    )
    assert opened(answer["overlay"]).size == (width, height)
