"""The pages name every span that the code records, and every variable that it looks at."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRACES = (
    (ROOT / "docs" / "operations.md")
    .read_text(encoding="utf-8")
    .split("\n## Traces\n")[1]
    .split("\n## ")[0]
)
VARIABLES = (
    (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8").split("\n# Traces\n")[1]
)
RECORDING = ("span", "past_span", "stage")
"""Functions whose first argument is the name of a span."""


def recorded_names() -> set[str]:
    """Find the names of spans in the code; those that are made of something are left out."""
    return {
        call.args[0].value
        for folder in ("messaging", "service", "workers")
        for path in (ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in RECORDING
        and isinstance(call.args[0], ast.Constant)
    }


def test_the_page_of_operations_names_every_span_that_is_recorded():
    names = recorded_names()
    assert {"ask", "queue", "batch", "kernel", "submit"} <= names

    for name in names | {"stage", "task"}:
        assert f"`{name}`" in TRACES


def test_no_row_of_the_page_is_about_a_span_that_nobody_records():
    rows = re.findall(r"^\| (`.*?) \|", TRACES, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}

    assert named - recorded_names() == {"POST /explain/{method}", "stage", "task"}


@pytest.mark.parametrize("source", ["switch.py", "open_telemetry.py"])
def test_the_page_of_configuration_names_every_variable_that_is_looked_at(source):
    code = (ROOT / "messaging" / "tracing" / source).read_text(encoding="utf-8")
    variables = set(re.findall(r'"(OTEL_\w+)"', code))
    assert variables

    for variable in variables - {"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"}:
        assert f"`{variable}" in VARIABLES or f"### {variable}\n" in VARIABLES


def test_every_variable_of_traces_in_the_files_of_deployment_is_on_the_page():
    files = ("docker-compose.yml", "deploy/example.env", "deploy/kubernetes/front.yaml")
    used = {
        name
        for file in files
        for name in re.findall(r"OTEL_\w+", (ROOT / file).read_text(encoding="utf-8"))
    }

    for variable in used:
        assert variable in VARIABLES
