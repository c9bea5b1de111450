"""Traces are recorded where a collector is named, and stand in nobody's way where it is not."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from messaging.tracing.spans import is_recording, span, trace_ids
from messaging.tracing.switch import tracing, why_not
from tests.otlp_collector import collector

ROOT = Path(__file__).parents[3]
NAMED = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"}
PATIENCE_SECONDS = 300.0

A_SPAN = """
import structlog
from messaging.json_log import configure_log
from messaging.tracing.spans import span
from messaging.tracing.switch import tracing
configure_log()
with tracing("front"):
    with span("work"):
        structlog.get_logger().info("within")
    structlog.get_logger().info("without")
"""


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch):
    for name in [name for name in os.environ if name.startswith("OTEL_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        pytest.param({}, None, id="named"),
        pytest.param({"OTEL_EXPORTER_OTLP_ENDPOINT": " "}, "", id="blank"),
        pytest.param({"OTEL_SDK_DISABLED": "TRUE"}, "", id="disabled"),
        pytest.param({"OTEL_SDK_DISABLED": "false"}, None, id="not disabled"),
        pytest.param({"OTEL_TRACES_EXPORTER": "none"}, "", id="none"),
        pytest.param({"OTEL_TRACES_EXPORTER": "otlp"}, None, id="otlp"),
        pytest.param({"OTEL_TRACES_EXPORTER": "zipkin"}, "zipkin", id="another exporter"),
        pytest.param({"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, "grpc", id="grpc"),
        pytest.param(
            {
                "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc",
                "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "http/protobuf",
            },
            None,
            id="of traces alone",
        ),
    ],
)
def test_the_environment_says_whether_and_why_not(more, reason):
    found = why_not(NAMED | more)

    assert (reason in found) if reason else found == reason


def test_an_endpoint_for_traces_alone_is_enough_and_an_empty_environment_asks_for_none():
    assert why_not({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://collector/v1/traces"}) is None
    assert why_not({}) == ""


def test_without_settings_nothing_is_recorded_or_complained_of():
    with capture_logs() as lines, tracing("front"):
        assert not is_recording()

    assert lines == []


def test_without_the_extra_the_process_runs_and_says_what_is_missing(monkeypatch):
    for name, value in NAMED.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setitem(sys.modules, "messaging.tracing.open_telemetry", None)

    with capture_logs() as lines, tracing("front"):
        assert not is_recording()

    [line] = lines
    assert line["log_level"] == "warning"
    assert "requirements/tracing.lock" in line["reason"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OTEL_BSP_SCHEDULE_DELAY", "-5"),
        ("OTEL_BSP_EXPORT_TIMEOUT", "never"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "soon"),
        ("OTEL_EXPORTER_OTLP_COMPRESSION", "zip"),
        ("OTEL_TRACES_SAMPLER", "sometimes"),
        ("OTEL_RESOURCE_ATTRIBUTES", "nonsense"),
    ],
)
def test_a_value_that_is_not_understood_is_complained_of_and_stops_nothing(
    monkeypatch, name, value
):
    with collector() as collected:
        for each, given in {**collected.environment, name: value}.items():
            monkeypatch.setenv(each, given)
        done = []
        with capture_logs() as lines, tracing("front"), span("work"):
            done.append(is_recording())

    assert len(done) == 1
    assert "warning" in {line["log_level"] for line in lines}
    assert done == [True] or "OTEL_" in lines[0]["reason"]
    assert not is_recording()


@pytest.mark.parametrize("compression", ["none", "gzip"])
def test_spans_of_the_block_reach_the_collector_by_its_end(monkeypatch, compression):
    with collector() as collected:
        settings = {
            **collected.environment,
            "OTEL_BSP_SCHEDULE_DELAY": "3600000",
            "OTEL_EXPORTER_OTLP_COMPRESSION": compression,
            "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment.name=test",
        }
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        with tracing("worker"), span("work"):
            ids = trace_ids()
        assert not is_recording()

    [sent] = collected.spans
    assert (sent.name, sent.service) == ("work", "vitrine-worker")
    assert {"trace_id": sent.trace, "span_id": sent.id} == ids


def run(**environment: str) -> list[dict]:
    """Run a process that records one span; the lines of its log."""
    ended = subprocess.run(
        [sys.executable, "-c", A_SPAN],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_SECONDS,
    )
    return [json.loads(line) for line in ended.stderr.splitlines()]


def test_lines_of_the_log_name_the_span_that_they_are_written_in_and_no_other():
    with collector() as collected:
        within, without = run(**collected.environment)

    [sent] = collected.spans
    assert (within["trace_id"], within["span_id"]) == (sent.trace, sent.id)
    assert not {"trace_id", "span_id"} & set(without)


def test_a_collector_that_is_away_costs_a_line_of_the_log_and_nothing_else():
    lines = run(
        OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:1",
        OTEL_EXPORTER_OTLP_TIMEOUT="1",
        OTEL_BSP_EXPORT_TIMEOUT="60000",
    )

    assert [line["event"] for line in lines[:2]] == ["within", "without"]
    complaints = lines[2:]
    assert complaints
    assert {(line["event"], line["level"]) for line in complaints} == {("traces", "warning")}


def test_a_collector_that_never_answers_does_not_keep_a_process_from_ending():
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]

        lines = run(
            OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{port}",
            OTEL_EXPORTER_OTLP_TIMEOUT=str(10 * round(PATIENCE_SECONDS)),
        )

    assert [line["event"] for line in lines] == ["within", "without"]
