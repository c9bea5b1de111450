"""Reading Dockerfiles: instructions of the last stage, and what was set in them."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FRONT, WORKER = "Dockerfile", "Dockerfile.gpu"


def instructions(name: str) -> list[tuple[str, str]]:
    """Give every instruction with its arguments; lines that go on are joined."""
    text = (ROOT / name).read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    lines = re.sub(r"\\\n\s*", " ", code).splitlines()
    return [(word, rest) for line in lines if line for word, _, rest in [line.partition(" ")]]


def last_stage(name: str) -> list[tuple[str, str]]:
    """Give the instructions that the image is made of."""
    found = instructions(name)
    start = max(index for index, (word, _) in enumerate(found) if word == "FROM")
    return found[start:]


def variables(name: str) -> dict[str, str]:
    """Give the environment that the image sets."""
    pairs = [rest for word, rest in last_stage(name) if word == "ENV"]
    return dict(pair.split("=", 1) for rest in pairs for pair in rest.split())


def command(name: str, word: str) -> list[str]:
    """Give the command of CMD or HEALTHCHECK."""
    [rest] = [rest for one, rest in last_stage(name) if one == word]
    listed: list[str] = json.loads(rest[rest.index("[") :])
    return listed
