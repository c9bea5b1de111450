"""The configuration page says of every setting what the settings' classes say."""

from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from service.settings import ServiceSettings
from workers.settings import WorkerSettings

PAGE = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")

SETTINGS = [
    pytest.param(settings, name, id=f"{settings.model_config['env_prefix']}{name.upper()}")
    for settings in (ServiceSettings, WorkerSettings)
    for name in settings.model_fields
]


def section(settings: type[BaseSettings], name: str) -> str:
    heading = f"## {settings.model_config['env_prefix']}{name.upper()}\n"
    assert heading in PAGE
    return PAGE.split(heading)[1].split("\n## ")[0]


@pytest.mark.parametrize(("settings", "name"), SETTINGS)
def test_every_setting_has_a_section_that_states_its_default(settings, name):
    described = section(settings, name)

    field = settings.model_fields[name]
    if field.is_required():
        assert "No default" in described
    elif field.default not in ("", False, None):
        default = field.default
        written = f"{default:g}" if isinstance(default, float) else str(default)
        assert f"`{written}`" in described


def test_no_section_describes_a_setting_that_is_gone():
    known = {
        f"{settings.model_config['env_prefix']}{name.upper()}"
        for settings in (ServiceSettings, WorkerSettings)
        for name in settings.model_fields
    }
    headings = {line[3:] for line in PAGE.splitlines() if line.startswith("## ")}

    assert headings == known
