"""Real workers: what is asked twice is computed once, and receipts give the very bytes."""

import base64
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.end_to_end.conftest import ANSWER_SECONDS
from tests.end_to_end.images import encoded, noise
from tests.processes import front, wait_ready

CROWD = 24


@pytest.fixture(scope="module")
def client(redis_url, store) -> Iterator[httpx.Client]:
    """A client of a front with a cache, beside the one of the other tests."""
    settings = {"store": store, "deadline_seconds": 60.0, "cache_mebibytes": 8}
    with front(redis_url, "tiny", **settings) as url:
        wait_ready(url)
        with httpx.Client(base_url=url, timeout=ANSWER_SECONDS) as opened:
            yield opened


def photo(seed: int) -> bytes:
    """Make an image file that is like no other."""
    return encoded(noise(seed))


def explain(client: httpx.Client, file: bytes, method: str, **options: object) -> dict:
    """Explain an image; the answer."""
    data = {"outputs": "raw,overlay,heatmap,contour,legend,box", **options}
    response = client.post(f"/explain/{method}", files={"image": file}, data=data)
    response.raise_for_status()
    return response.json()


def replay(client: httpx.Client, file: bytes, receipt: dict) -> dict:
    """Have a result made again; what came of it."""
    data = {"receipt": json.dumps(receipt)}
    response = client.post("/replay", files={"image": file}, data=data)
    response.raise_for_status()
    return response.json()


def test_results_of_any_batch_are_replayed_byte_for_byte(client):
    files = [photo(1000 + number) for number in range(CROWD)]
    with ThreadPoolExecutor(CROWD) as crowd:
        answers = list(crowd.map(lambda file: explain(client, file, "gradcam"), files))

    for file, answer in zip(files, answers, strict=True):
        told = replay(client, file, answer["receipt"])
        assert (told["reproduced"], told["differences"]) == (True, [])
        assert told["answer"] == answer


@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("smoothgrad", {"seed": 5, "copies": 4}),
        ("lime", {"seed": 9}),
        ("rise", {"seed": 1}),
        ("occlusion", {"target": "dog", "versus": "cat", "polarity": "both"}),
        ("gradcam", {"evidence": "true", "layer": "first", "colormap": "viridis"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "so",
)
def test_methods_of_every_kind_are_replayed_byte_for_byte(client, method, options):
    file = photo(7)

    answer = explain(client, file, method, **options)
    told = replay(client, file, answer["receipt"])

    assert (told["reproduced"], told["differences"]) == (True, [])
    assert told["answer"]["raw"] == answer["raw"]
    assert told["answer"]["overlay"] == answer["overlay"]


def test_a_picture_and_a_prediction_are_replayed_too(client):
    file = photo(8)
    headers = {"Accept": "image/webp"}
    picture = client.post("/explain/saliency", files={"image": file}, headers=headers)
    prediction = client.post("/predict", files={"image": file}).json()

    drawn = replay(client, file, json.loads(picture.headers["X-Vitrine-Receipt"]))
    predicted = replay(client, file, prediction["receipt"])

    assert drawn["reproduced"]
    assert base64.b64decode(drawn["answer"]["overlay"]) == picture.content
    assert (predicted["reproduced"], predicted["answer"]) == (True, prediction)


def test_the_same_image_again_is_answered_from_the_cache_until_told_otherwise(client):
    file = photo(9)

    first, second = (explain(client, file, "gradcam") for _ in range(2))
    fresh = client.post(
        "/explain/gradcam", files={"image": file}, headers={"Cache-Control": "no-cache"}
    )

    assert (first["cached"], second["cached"]) == (False, True)
    assert second | {"cached": False} == first
    assert (fresh.json()["cached"], fresh.headers["X-Vitrine-Cache"]) == (False, "bypass")


def test_the_worker_says_truly_what_it_computes_with(client):
    receipt = explain(client, photo(10), "gradcam")["receipt"]
    model = client.get("/models/tiny").json()

    computed = receipt["computed"]
    assert receipt["model_sha256"] == model["sha256"]
    assert (computed["precision"], computed["place"]) == ("float32", {"images": 1, "row": 0})
    assert set(computed["versions"]) == {"vitrine", "tensorflow", "keras", "numpy"}
    assert computed["device"]
