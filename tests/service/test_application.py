"""What every answer carries, whatever is asked and whatever goes wrong."""

import base64
import re
import struct

import numpy as np
import pytest

from messaging.errors import (
    BrokerUnavailableError,
    DeadlineExceededError,
    ExplanationFailedError,
    ExplanationRefusedError,
    QueueFullError,
)
from tests.service.application import FakeLane, FixedModels, client_of, png, record, reply

FILES = {"image": ("image.png", png(), "image/png")}


@pytest.mark.parametrize(
    "path", ["/methods", "/models", "/nowhere", "/healthz/live", "/metrics"]
)
async def test_every_answer_names_its_request_and_its_times(path):
    async with client_of() as client:
        first, second = await client.get(path), await client.get(path)

    for response in (first, second):
        assert re.fullmatch("[0-9a-f]{32}", response.headers["X-Request-ID"])
        for stage in ("queue", "batch", "compute", "render", "total"):
            assert re.search(rf"\b{stage};dur=[0-9.]+", response.headers["Server-Timing"])
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("sent", "is_kept"),
    [
        ("a", True),
        ("4bf92f3577b34da6a3ce929d0e0e4736", True),
        ("trace-1:a/b.c_d=+", True),
        ("x" * 128, True),
        ("x" * 129, False),
        ("", False),
        ("two words", False),
        ('"}{"forged": 1', False),
        ("é", False),
        ("<script>", False),
    ],
)
async def test_a_callers_own_request_id_is_kept_if_it_is_sane(sent, is_kept):
    async with client_of() as client:
        headers = {"X-Request-ID": sent.encode()}
        response = await client.get("/nowhere", headers=headers)

    assert (response.headers["X-Request-ID"] == sent) == is_kept
    assert response.json()["request_id"] == response.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (QueueFullError("tiny", 5), 429, "queue_full"),
        (DeadlineExceededError(5.0), 504, "deadline_exceeded"),
        (BrokerUnavailableError(), 503, "broker_unavailable"),
        (ExplanationFailedError("the worker failed"), 500, "explanation_failed"),
        (ExplanationRefusedError("layer_not_spatial", "no map"), 422, "layer_not_spatial"),
        (ExplanationRefusedError("unheard_of", "what?"), 500, "explanation_failed"),
        (RuntimeError("/secret/path"), 500, "internal_error"),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_whatever_goes_wrong_is_answered_as_a_problem(error, status, code):
    async with client_of(FakeLane(error)) as client:
        response = await client.post("/predict", files=FILES)

    problem = response.json()
    assert (response.status_code, problem["code"], problem["status"]) == (status, code, status)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert problem["request_id"] == response.headers["X-Request-ID"]
    assert "Server-Timing" in response.headers
    assert ("Retry-After" in response.headers) == (status in (429, 503, 504))
    assert "secret" not in response.text
    assert problem["instance"] == "/predict"


async def test_a_reply_without_its_map_is_a_failure_and_not_an_answer():
    lane = FakeLane(lambda order: reply(order, map=None))
    async with client_of(lane) as client:
        response = await client.post("/explain/gradcam", files=FILES)

    assert response.json()["code"] == "explanation_failed"


async def test_scores_that_are_not_finite_are_answered_as_null():
    nothing = np.array([np.nan, np.nan], np.float32)
    lane = FakeLane(lambda order: reply(order, logits=nothing, probabilities=nothing))
    async with client_of(lane) as client:
        for path in ("/predict", "/explain/gradcam"):
            response = await client.post(path, files=FILES)
            assert response.status_code == 200, response.text
            assert response.json()["predictions"][0]["probability"] is None


async def test_an_answer_holds_what_was_asked_for_and_no_other_output():
    async with client_of() as client:
        data = {"outputs": "raw,box", "polarity": "both", "target": "dog", "versus": "cat"}
        answer = (await client.post("/explain/gradcam", files=FILES, data=data)).json()

    assert answer["raw"]["shape"] == [2, 2]
    numbers = struct.unpack("<4f", base64.b64decode(answer["raw"]["b64"]))
    assert (numbers, answer["raw"]["dtype"]) == ((4.0, 1.0, 1.0, -2.0), "float32")
    assert answer["range"] == {"min": -2.0, "max": 4.0}
    assert (answer["target"]["label"], answer["versus"]["label"]) == ("dog", "cat")
    assert set(answer["box"]) == {"x", "y", "width", "height"}
    assert not {"heatmap", "overlay", "contour"} & set(answer)


async def test_an_output_that_was_asked_for_and_is_not_there_is_null():
    lane = FakeLane(lambda order: reply(order, map=-np.ones((2, 2), np.float32)))
    async with client_of(lane) as client:
        answer = (await client.post("/explain/saliency?outputs=box", files=FILES)).json()

    assert answer["box"] is None
    assert answer["layer"] is None
    assert answer["versus"] is None
    assert [warning["code"] for warning in answer["warnings"]] == ["map_is_zero"]


@pytest.mark.parametrize(
    ("media_type", "magic"), [("image/png", b"\x89PNG"), ("image/webp", b"RIFF")]
)
async def test_a_picture_is_answered_bare_to_who_accepts_only_that(media_type, magic):
    async with client_of() as client:
        response = await client.post(
            "/explain/gradcam", files=FILES, headers={"Accept": media_type}
        )

    assert response.headers["Content-Type"] == media_type
    assert response.content.startswith(magic)


@pytest.mark.parametrize(
    ("files", "query", "status", "code"),
    [
        pytest.param(FILES, "?outputs=raw", 422, "fields_invalid", id="no picture asked for"),
        pytest.param([("image", FILES["image"])] * 2, "", 406, "not_acceptable", id="a batch"),
    ],
)
async def test_a_bare_picture_that_cannot_be_is_refused(files, query, status, code):
    async with client_of() as client:
        response = await client.post(
            f"/explain/gradcam{query}", files=files, headers={"Accept": "image/png"}
        )

    assert (response.status_code, response.json()["code"]) == (status, code)


async def test_several_lines_of_accept_count_together():
    headers = [("Accept", "text/html"), ("Accept", "image/webp")]
    async with client_of() as client:
        response = await client.post("/explain/gradcam", files=FILES, headers=headers)

    assert response.headers["Content-Type"] == "image/webp"


@pytest.mark.parametrize(
    ("models", "status", "redis", "worker"),
    [
        pytest.param(FixedModels(), 200, "ok", "ok", id="all there"),
        pytest.param(FixedModels(hosted=False), 503, "ok", "no live worker", id="no worker"),
        pytest.param(
            FixedModels(is_away=True), 503, "does not answer", "unknown", id="redis away"
        ),
    ],
)
async def test_readiness_says_what_is_missing(models, status, redis, worker):
    async with client_of(models=models) as client:
        response = await client.get("/healthz/ready")
        live = await client.get("/healthz/live")

    checks = response.json()["checks"]
    assert (response.status_code, live.status_code) == (status, 200)
    assert checks["redis"] == redis
    assert worker in checks["worker"]
    assert ("Retry-After" in response.headers) == (status == 503)


@pytest.mark.parametrize(
    ("models", "name", "status", "code"),
    [
        (FixedModels(), "lion", 404, "model_not_found"),
        (FixedModels(hosted=False), "tiny", 503, "model_not_ready"),
        (FixedModels(record("other")), "", 503, "model_not_ready"),
        (FixedModels(is_away=True), "tiny", 503, "broker_unavailable"),
    ],
    ids=["unknown", "not hosted", "default unknown", "redis away"],
)
async def test_a_model_that_cannot_answer_is_refused(models, name, status, code):
    data = {"model": name} if name else {}
    async with client_of(models=models) as client:
        response = await client.post("/predict", files=FILES, data=data)

    assert (response.status_code, response.json()["code"]) == (status, code)


async def test_metrics_count_requests_refusals_and_waiting():
    async with client_of() as client:
        await client.post("/predict", files=FILES)
        await client.post("/explain/nonsense", files=FILES)
        await client.get("/no/such/route")
        text = (await client.get("/metrics")).text

    assert 'vitrine_requests_total{method="POST",route="/predict",status="200"} 1.0' in text
    assert 'vitrine_refusals_total{code="method_not_found"} 1.0' in text
    assert 'vitrine_refusals_total{code="route_not_found"} 1.0' in text
    assert 'vitrine_waiting_requests{model="tiny"} 3.0' in text
    assert "vitrine_live_workers 1.0" in text
    assert 'vitrine_kernel_seconds_count{method="predict",model="tiny"} 1.0' in text


async def test_callers_cannot_make_new_metrics_by_words_of_their_own():
    async with client_of() as client:
        for index in range(5):
            await client.request(f"WORD{index}", f"/path{index}")
        text = (await client.get("/metrics")).text

    assert "WORD" not in text
    assert "/path" not in text
    assert 'method="other"' in text


async def test_metrics_are_shown_while_redis_is_away():
    async with client_of(models=FixedModels(is_away=True)) as client:
        assert (await client.get("/metrics")).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "route_not_found"),
        ("GET", "/predict", 405, "http_method_not_allowed"),
        ("DELETE", "/models", 405, "http_method_not_allowed"),
        ("POST", "/explain/nonsense", 404, "method_not_found"),
        ("GET", "/models/lion", 404, "model_not_found"),
        ("GET", "/models/lion/layers", 404, "model_not_found"),
        ("GET", "/web/../../etc/passwd", 404, "route_not_found"),
    ],
)
async def test_a_route_that_is_not_there_is_a_problem_too(method, path, status, code):
    async with client_of() as client:
        files = FILES if method == "POST" else None
        response = await client.request(method, path, files=files)

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers["Content-Type"] == "application/problem+json"


async def test_models_and_their_layers_are_listed():
    async with client_of(models=FixedModels(record(), record("zebra"))) as client:
        listed = (await client.get("/models")).json()
        shown = (await client.get("/models/tiny")).json()
        layers = (await client.get("/models/tiny/layers")).json()["layers"]

    assert (listed["default"], [one["name"] for one in listed["models"]]) == (
        "tiny",
        ["tiny", "zebra"],
    )
    assert listed["models"][0].items() <= shown.items()
    assert listed["models"][0] == {
        "name": "tiny",
        "ready": True,
        "platform": "keras",
        "input_shape": [8, 8, 3],
        "classes": ["cat", "dog"],
        "parameters": 10,
        "sha256": "ab" * 32,
    }
    assert [(layer["name"], layer["explainable"]) for layer in layers] == [
        ("last_maps", True),
        ("scores", False),
    ]
