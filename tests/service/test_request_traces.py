"""The span of a request, as the front records it, and the line of the log that names it."""

import pytest
import structlog
from structlog.testing import capture_logs

from messaging.json_log import configure_log
from tests.messaging.tracing.recorders import carrier, place, recorded
from tests.service.application import FakeLane, client_of, png

PICTURE = {"Content-Type": "image/png"}


async def test_a_failure_of_the_service_is_marked_and_its_code_named():
    lane = FakeLane(RuntimeError("broken"))
    with recorded() as spans:
        async with client_of(lane) as client:
            answer = await client.post("/predict", content=png(), headers=PICTURE)

    assert answer.status_code == 500
    done = spans.named("POST /predict")
    assert done.status.status_code.name == "ERROR"
    assert done.attributes["vitrine.code"] == answer.json()["code"]
    assert done.attributes["http.response.status_code"] == 500
    assert done.attributes["vitrine.receive_ms"] > 0


async def test_what_a_caller_sends_beside_its_trace_is_in_no_span():
    headers = {**PICTURE, "Authorization": "Bearer secret", "baggage": "user=secret"}
    with recorded() as spans:
        async with client_of() as client:
            await client.post("/predict?top_k=1", content=png(), headers=headers)

    written = str([(one.name, dict(one.attributes), one.events) for one in spans.spans])
    assert "secret" not in written
    assert "top_k" not in written


async def test_several_states_of_vendors_are_carried_as_one():
    headers = [
        ("traceparent", carrier(1, 2)["traceparent"]),
        ("tracestate", "one=1"),
        ("tracestate", "two=2"),
    ]
    with recorded() as spans:
        async with client_of() as client:
            await client.get("/models", headers=headers)

    done = spans.named("GET /models")
    assert place(done.parent) == (1, 2)
    assert dict(done.context.trace_state) == {"one": "1", "two": "2"}


@pytest.mark.parametrize("path", ["/vitrine/healthz/live", "/vitrine/metrics", "/metrics"])
async def test_health_and_metrics_are_known_under_a_prefix_too(path):
    with recorded() as spans:
        async with client_of(root_path="/vitrine") as client:
            assert (await client.get(path)).status_code == 200

    assert spans.spans == []


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        pytest.param("GET", "/nowhere", "GET", id="no route"),
        pytest.param("BREW", "/models", "HTTP /models", id="no method"),
        pytest.param("GET", "/models/tiny", "GET /models/{model}", id="route"),
        pytest.param("HEAD", "/models", "GET /models", id="head"),
    ],
)
async def test_a_span_is_named_by_few_words_whatever_is_asked(method, path, name):
    with recorded() as spans:
        async with client_of() as client:
            await client.request(method, path)

    [span] = [one for one in spans.spans if one.kind.name == "SERVER"]
    assert span.name == name


async def test_the_stages_of_a_request_with_several_images_are_one_span_each():
    with recorded() as spans:
        async with client_of() as client:
            files = [("image", png()), ("image", png())]
            answer = await client.post("/explain/gradcam", files=files)

    assert answer.status_code == 200
    request = spans.named("POST /explain/{method}").context.span_id
    for name in ("decode", "render"):
        stage = spans.named(name)
        assert stage.parent.span_id == request
        assert stage.attributes["vitrine.images"] == 2


async def test_the_line_of_a_request_in_the_log_names_its_span():
    configure_log()
    processors = structlog.get_config()["processors"][:-1]
    structlog.reset_defaults()
    with recorded() as spans, capture_logs(processors=processors) as lines:
        async with client_of() as client:
            await client.get("/models", headers={"X-Request-ID": "mine"})

    [line] = [line for line in lines if line["event"] == "request"]
    done = spans.named("GET /models")
    assert line["trace_id"] == f"{done.context.trace_id:032x}"
    assert line["span_id"] == f"{done.context.span_id:016x}"
    assert done.attributes["vitrine.request"] == line["request"] == "mine"


async def test_without_a_recorder_requests_are_answered_as_ever():
    async with client_of() as client:
        answer = await client.get("/models", headers=carrier(1, 2))

    assert answer.status_code == 200
