"""The commands of a page: what stands in its blocks for a shell, as words."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
}
"""By the path from the root."""

BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHELLS = ("bash", "sh", "shell", "console")
PROMPT = "$ "
"""Before what a person types; in blocks of `console` the rest is what they are answered."""
BETWEEN = frozenset({"|", "||", "&&", ";", "&"})
"""Words of the shell between two commands."""
VARIABLE = re.compile(r"[A-Za-z_]\w*=")


@dataclass(frozen=True)
class PageCommand:
    """A command that a page tells people to type."""

    page: str
    words: tuple[str, ...]
    """The program first; without comments, variables and where the output goes."""

    def __str__(self) -> str:
        return f"{self.page}: {' '.join(self.words)[:70]}"


def blocks_of(page: str) -> Iterator[tuple[str, str]]:
    """Give language and content of every block of a page."""
    for found in BLOCK.finditer(PAGES[page]):
        yield found.group(1), found.group(2)


def commands_of(page: str) -> Iterator[PageCommand]:
    """Give every command of a page."""
    for statement in statements_of(page):
        for words in _commands(statement):
            yield PageCommand(page, tuple(words))


def statements_of(page: str) -> Iterator[str]:
    """Give what a page tells people to type, statement by statement."""
    for language, content in blocks_of(page):
        if language in SHELLS:
            yield from _statements(_typed(content) if language == "console" else content)


def _typed(content: str) -> str:
    """Keep what stands behind a prompt."""
    lines = content.splitlines()
    return "\n".join(line.removeprefix(PROMPT) for line in lines if line.startswith(PROMPT))


def _statements(text: str) -> Iterator[str]:
    """Put lines together that belong together: behind a backslash, a pipe, an open quote."""
    statement = ""
    for line in text.splitlines():
        statement += line
        if _goes_on(statement):
            is_broken = statement.endswith("\\")
            statement = statement.removesuffix("\\") + ("" if is_broken else "\n")
        elif statement.strip():
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"a statement without an end: {statement!r}")


def _goes_on(statement: str) -> bool:
    if statement.endswith(("\\", "|")):
        return True
    try:
        shlex.split(statement, comments=True)
    except ValueError:
        return True
    return False


def _commands(statement: str) -> Iterator[list[str]]:
    """Take a statement apart, without variables and without where its output goes."""
    # What a variable is given by `$(...)` is a command as well.
    inner = re.findall(r"\$\(([^()]*)\)", statement)
    for part in inner:
        yield from _commands(part)
    outer = re.sub(r"\$\(([^()]*)\)", "MADE", statement)
    reader = shlex.shlex(outer, posix=True, punctuation_chars="|&;<>")
    reader.whitespace_split = True
    words: list[str] = []
    tokens = [*reader, ";"]
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token in BETWEEN:
            if words:
                yield words
            words = []
        elif token in ("<", ">", ">>"):
            place += 1
        elif words or not VARIABLE.match(token):
            words.append(token)
        place += 1
