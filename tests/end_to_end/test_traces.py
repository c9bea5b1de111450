"""One trace leads from the caller through front and Redis into the worker; jobs carry it on."""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import httpx
import pytest

from tests.end_to_end.images import encoded, noise
from tests.otlp_collector import Collected, collector
from tests.processes import RunningProcess, front, valkey, wait_ready, wait_until, worker
from tests.tiny_model import write_tiny_model

pytestmark = pytest.mark.processes

SECONDS = 120.0
"""A first request to a method compiles it."""

CALLER = "00f067aa0bb902b7"
STATE = "congo=t61rcWkgMzE"


@dataclass(frozen=True)
class Traced:
    collected: Collected
    redis_url: str
    url: str
    worker: RunningProcess


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    write_tiny_model(folder)
    return folder


@pytest.fixture(scope="module")
def service(models, tmp_path_factory):
    """A traced service; only the processes that it has started itself are traced."""
    store = tmp_path_factory.mktemp("store")
    with collector() as collected, valkey() as redis_url, ExitStack() as stack:
        with environment(collected):
            process = stack.enter_context(worker(redis_url, models, store=store))
            url = stack.enter_context(front(redis_url, "tiny", store=store, cache_mebibytes=8))
        wait_ready(url)
        yield Traced(collected, redis_url, url, process)


@contextmanager
def environment(collected: Collected, **more: str) -> Iterator[None]:
    """Have processes that are started in the block send their spans to a collector."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**collected.environment, **more}.items():
            patch.setenv(name, value)
        yield


def new_trace() -> str:
    return os.urandom(16).hex()


def post(url: str, *, trace: str, flags: str = "01", **options: object) -> httpx.Response:
    """Ask as a caller does who is at a span of a trace."""
    headers = {"traceparent": f"00-{trace}-{CALLER}-{flags}", "tracestate": STATE}
    return httpx.post(url, headers=headers, timeout=SECONDS, **options)


def explain(url: str, seed: int, *, trace: str, flags: str = "01") -> httpx.Response:
    files = {"image": encoded(noise(seed))}
    return post(f"{url}/explain/gradcam", trace=trace, flags=flags, files=files)


def test_an_explanation_is_one_trace_from_the_caller_to_the_kernel(service):
    collected, url = service.collected, service.url
    trace = new_trace()

    explain(url, 1, trace=trace).raise_for_status()

    server = "POST /explain/{method}"
    names = ("decode", "cache", "ask", "queue", "batch", "kernel", "render", server)
    spans = collected.wait_for(names, trace=trace)
    assert set(spans) == set(names)
    under = {
        server: CALLER,
        **dict.fromkeys(("decode", "cache", "ask", "render"), spans[server].id),
        **dict.fromkeys(("queue", "batch"), spans["ask"].id),
        "kernel": spans["batch"].id,
    }
    assert {name: span.parent for name, span in spans.items()} == under
    of_worker = ("queue", "batch", "kernel")
    for name, span in spans.items():
        assert span.service == ("vitrine-worker" if name in of_worker else "vitrine-front")
        assert span.began_ns <= span.ended_ns
        assert span.state == STATE
        assert not span.is_error
    assert spans["batch"].links == ((trace, spans["ask"].id),)
    kinds = {name: spans[name].kind for name in (server, "ask", "batch", "kernel")}
    assert kinds == {
        server: "server",
        "ask": "producer",
        "batch": "consumer",
        "kernel": "internal",
    }


def test_the_spans_of_a_request_lie_within_each_other_and_say_what_it_was_about(service):
    collected, url = service.collected, service.url
    trace = new_trace()

    answer = explain(url, 2, trace=trace)

    server = "POST /explain/{method}"
    spans = collected.wait_for((server, "kernel", "queue"), trace=trace)
    for inner, outer in (("kernel", "batch"), ("decode", server), ("ask", server)):
        assert spans[outer].began_ns <= spans[inner].began_ns
        assert spans[inner].ended_ns <= spans[outer].ended_ns
    about = spans[server].attributes
    assert about["http.response.status_code"] == 200
    assert about["http.route"] == "/explain/{method}"
    assert about["vitrine.request"] == answer.headers["X-Request-ID"]
    assert spans["batch"].attributes["vitrine.requests"] == [answer.headers["X-Request-ID"]]
    assert spans["batch"].attributes["vitrine.method"] == "gradcam"


def test_an_answer_from_the_cache_asks_no_worker(service):
    collected, url = service.collected, service.url
    answers = []

    def is_kept() -> bool:
        trace = new_trace()
        answers.append((trace, explain(url, 3, trace=trace).json()["cached"]))
        return answers[-1][1]

    wait_until(is_kept, "the reply is kept")
    trace, _ = answers[-1]

    spans = collected.wait_for(("POST /explain/{method}",), trace=trace)
    assert set(spans) == {"POST /explain/{method}", "decode", "cache", "render"}
    assert spans["cache"].attributes["vitrine.cached_images"] == 1


def test_a_trace_that_its_caller_does_not_record_is_not_recorded(service):
    collected, url = service.collected, service.url
    silent, loud = new_trace(), new_trace()

    explain(url, 4, trace=silent, flags="00").raise_for_status()
    explain(url, 5, trace=loud).raise_for_status()

    collected.wait_for(("kernel", "POST /explain/{method}"), trace=loud)
    assert collected.of(silent) == []


@pytest.mark.parametrize("sent", ["", "nonsense", f"00-{'0' * 32}-{CALLER}-01"])
def test_a_request_without_a_trace_of_its_own_begins_one(service, sent):
    collected, url = service.collected, service.url
    headers = {"traceparent": sent} if sent else {}

    answer = httpx.get(f"{url}/models", headers=headers | {"X-Request-ID": f"r-{len(sent)}"})

    def found():
        asked = answer.headers["X-Request-ID"]
        return [
            one for one in collected.spans if one.attributes.get("vitrine.request") == asked
        ]

    wait_until(found, "its span")
    [span] = found()
    assert (span.name, span.parent) == ("GET /models", "")
    assert int(span.trace, 16) > 0


def test_health_and_metrics_leave_no_spans(service):
    collected, url = service.collected, service.url
    trace = new_trace()
    headers = {"traceparent": f"00-{trace}-{CALLER}-01"}

    for path in ("/healthz/live", "/healthz/ready", "/metrics", "/v2/health/live", "/models"):
        httpx.get(f"{url}{path}", headers=headers).raise_for_status()

    spans = collected.wait_for(("GET /models",), trace=trace)
    assert set(spans) == {"GET /models"}


def test_a_refusal_is_named_and_is_no_error_of_the_service(service):
    collected, url = service.collected, service.url
    trace = new_trace()

    post(f"{url}/explain/none", trace=trace, files={"image": encoded(noise(0))})

    span = collected.wait_for(("POST /explain/{method}",), trace=trace)[
        "POST /explain/{method}"
    ]
    assert span.attributes["vitrine.code"] == "method_not_found"
    assert span.attributes["http.response.status_code"] == 404
    assert not span.is_error


def test_a_job_is_one_trace_from_its_submission_to_its_stages(service):
    collected, url = service.collected, service.url
    trace = new_trace()
    params = {"objective": "logit", "classes": [0], "steps": 16, "size": 32}
    order = {"kind": "activation-maximization", "params": params}

    job = post(f"{url}/jobs", trace=trace, json=order).json()["id"]

    spans = collected.wait_for(("POST /jobs", "submit", "stage"), trace=trace)
    assert spans["submit"].parent == spans["POST /jobs"].id
    assert spans["stage"].parent == spans["submit"].id
    assert spans["stage"].service == "vitrine-worker"
    assert {spans[name].attributes["vitrine.job"] for name in ("submit", "stage")} == {job}
    assert spans["POST /jobs"].attributes["vitrine.job"] == job
    assert spans["stage"].attributes["vitrine.kind"] == "activation-maximization"
    assert spans["stage"].attributes["vitrine.did"]


def test_the_log_lines_of_a_worker_name_the_trace_that_they_are_part_of(service):
    collected, url = service.collected, service.url
    trace = new_trace()

    explain(url, 6, trace=trace).raise_for_status()

    batch = collected.wait_for(("batch",), trace=trace)["batch"]
    written = [
        json.loads(line) for line in service.worker.stderr.splitlines() if line[:1] == "{"
    ]
    [line] = [line for line in written if line.get("trace_id") == trace]
    assert (line["event"], line["span_id"]) == ("batch", batch.id)


def test_every_span_was_sent_to_the_path_of_the_protocol(service):
    collected, url = service.collected, service.url
    trace = new_trace()
    httpx.get(f"{url}/models", headers={"traceparent": f"00-{trace}-{CALLER}-01"})

    collected.wait_for(("GET /models",), trace=trace)

    assert set(collected.paths) == {"/v1/traces"}


def test_a_front_that_is_told_not_to_sends_nothing_to_its_end():
    with collector() as collected, valkey() as redis_url:
        with environment(collected, OTEL_SDK_DISABLED="true"), front(redis_url, "tiny") as url:
            httpx.get(f"{url}/models").raise_for_status()

        # Its end has sent whatever was left.
        assert collected.paths == []


def test_a_front_sends_the_spans_of_its_last_moments_before_it_ends():
    never = {"OTEL_BSP_SCHEDULE_DELAY": "3600000", "OTEL_SERVICE_NAME": "a-name-of-ones-own"}
    with collector() as collected, valkey() as redis_url:
        with environment(collected, **never), front(redis_url, "tiny") as url:
            httpx.get(f"{url}/models").raise_for_status()
            assert collected.spans == []

        assert [span.name for span in collected.spans] == ["GET /models"]
        assert collected.spans[0].service == "a-name-of-ones-own"


def test_a_traced_worker_records_what_an_untraced_front_asks_of_it(service):
    collected = service.collected
    with front(service.redis_url, "tiny") as url:
        wait_ready(url)
        asked = explain(url, 7, trace=new_trace()).headers["X-Request-ID"]

    def batches():
        spans = list(collected.spans)
        return [one for one in spans if asked in one.attributes.get("vitrine.requests", ())]

    wait_until(batches, "the batch")
    [batch] = batches()
    assert (batch.parent, batch.links) == ("", ())
    spans = collected.wait_for(("batch", "kernel"), trace=batch.trace)
    assert set(spans) == {"batch", "kernel"}
    assert spans["kernel"].parent == batch.id
