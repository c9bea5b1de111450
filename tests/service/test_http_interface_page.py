"""`docs/http_interface.md` leaves out no code, method, option, route or output."""

import re
from pathlib import Path

import pytest

from api_schemas.explanations import ExplanationOptions
from service.problem_table import ANSWERS, INTERNAL_ERROR, JOB_ENDS, STATUS_CODES
from service.refusals import ON_EXPLANATIONS
from tests.service.application import client_of

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "http_interface.md").read_text(encoding="utf-8")
BOTH_PAGES = PAGE + (DOCS / "protocols.md").read_text(encoding="utf-8")

CODES = {
    **{answer.code: answer.status for answer in (*ANSWERS.values(), *JOB_ENDS.values())},
    **{code: status for status, (code, _) in STATUS_CODES.items()},
    INTERNAL_ERROR[0]: 500,
}


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_heading_with_its_status(code):
    assert f"\n#### `{code}`\n{int(CODES[code])}. " in PAGE


def test_no_heading_names_a_code_that_is_never_answered():
    assert set(re.findall(r"^#### `(\w+)`", PAGE, flags=re.MULTILINE)) == set(CODES)


@pytest.mark.parametrize("option", ExplanationOptions.model_fields)
def test_every_option_has_a_row(option):
    assert f"\n| `{option}` |" in PAGE


@pytest.mark.parametrize("code", ["map_is_zero", "map_is_constant", "map_is_not_finite"])
def test_every_warning_has_a_row(code):
    assert f"\n| `{code}` |" in PAGE


async def test_every_route_of_the_service_is_on_the_page():
    async with client_of() as client:
        paths = (await client.get("/openapi.json")).json()["paths"]

    for path, operations in paths.items():
        for method in operations:
            assert f"`{method.upper()} {path}`" in BOTH_PAGES


async def test_every_code_that_a_route_declares_is_on_the_page():
    async with client_of() as client:
        paths = (await client.get("/openapi.json")).json()["paths"]

    declared = {
        code
        for operations in paths.values()
        for operation in operations.values()
        for answer in operation["responses"].values()
        for code in re.findall(r"`(\w+)`", answer["description"])
    }
    assert {ANSWERS[error].code for error in ON_EXPLANATIONS} <= declared <= set(CODES)
