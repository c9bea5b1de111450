"""The compose file as Docker reads it: merged, and filled in from an environment."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from tests.deploy.dockerfiles import ROOT

VARIABLE = re.compile(r"\$(?:(\$)|\{(\w+)(?::([-?])([^}]*))?\})")


class MissingVariableError(Exception):
    """A variable that has no default is not set."""


def filled(text: str, environment: Mapping[str, str]) -> str:
    """Fill a text in by the rules of compose: `$$`, `${NAME}`, `:-` and `:?`."""

    def value(found: re.Match[str]) -> str:
        dollar, name, kind, rest = found.groups()
        if dollar:
            return "$"
        if environment.get(name):
            return environment[name]
        if kind == "?":
            raise MissingVariableError(name)
        return rest or ""

    return VARIABLE.sub(value, text)


def compose(**environment: str) -> dict[str, Any]:
    """Read the compose file, with these variables set."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    read: dict[str, Any] = yaml.safe_load(filled(code, environment))
    return read
