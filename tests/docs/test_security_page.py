"""The security page claims nothing that no test stands on."""

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from api_schemas.api_keys import KEY_SCOPES, KeyLimits
from service.problem_table import ANSWERS
from service.scopes import SCOPES
from service.settings import ServiceSettings
from vitrine.__main__ import app

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
MODEL = PAGE.split("\n## Threat model\n")[1]

WRITTEN = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^(?:async )?def (test_\w+)\(", path.read_text(), re.MULTILINE)
}
NAMED = sorted(set(re.findall(r"`(test_\w+)`", PAGE)))
ROWS = [line for line in MODEL.splitlines() if line.startswith("|")][2:]


def section(heading: str) -> str:
    return PAGE.split(f"\n### {heading}\n")[1].split("\n#")[0]


def test_the_page_names_a_good_many_tests():
    assert len(NAMED) > 30


@pytest.mark.parametrize("name", NAMED)
def test_every_test_that_the_page_names_is_there(name):
    assert name in WRITTEN


@pytest.mark.parametrize("row", ROWS)
def test_every_row_of_the_threat_model_has_a_test(row):
    assert "`test_" in row.rsplit("|", 2)[1]


def test_the_scopes_of_the_page_are_those_that_there_are():
    rows = re.findall(r"^\| `(\w+)` \|", section("Scopes"), re.MULTILINE)

    assert tuple(rows) == KEY_SCOPES


def test_the_page_names_every_route_that_is_open_to_everybody():
    for (_, path), scope in SCOPES.items():
        if scope is None:
            assert f"`{path}`" in section("Scopes")


@pytest.mark.parametrize("scope", ["explain", "jobs"])
def test_no_get_but_looks_at_weights_asks_for_more_than_to_read(scope):
    gets = {
        path for (method, path), asked in SCOPES.items() if (method, asked) == ("GET", scope)
    }

    assert all(path.endswith(("/filters", "/readers")) for path in gets)


def test_the_page_says_what_every_way_of_asking_for_keys_does():
    values = ServiceSettings.model_fields["authentication"].annotation.__args__
    rows = re.findall(r"^\| `(\w+)` \|", section("When keys are asked for"), re.MULTILINE)

    assert set(rows) == set(values)


def test_every_limit_of_a_key_is_on_the_page():
    for name in set(KeyLimits.model_fields) - {"expires_at"}:
        assert f"`--{name.replace('_', '-')}`" in section("Rates and quotas")


def test_every_option_that_the_page_names_is_one_of_the_commands():
    group = typer.main.get_command(app).commands["keys"]
    options = {
        option
        for command in group.commands.values()
        for parameter in command.params
        for option in parameter.opts
    }

    named = set(re.findall(r"(--[a-z][a-z-]+)", PAGE)) - {"--api-key"}
    assert named <= options


def test_every_command_of_the_page_is_one_of_ours():
    lines = re.findall(r"^vitrine keys (\w+)", PAGE, re.MULTILINE)

    assert set(lines) == {"create", "list", "revoke"}
    for name in lines:
        assert CliRunner().invoke(app, ["keys", name, "--help"]).exit_code == 0


def test_every_code_on_the_page_is_answered():
    codes = {answer.code: int(answer.status) for answer in ANSWERS.values()}

    named = re.findall(r"(\d{3}) `(\w+)`", PAGE)
    assert len(named) >= 4
    for status, code in named:
        assert codes[code] == int(status)
