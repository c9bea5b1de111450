"""Other people's error messages made fit to be shown: one line, no paths, not long."""

import re

MOST_CHARACTERS = 300
ANSI_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FOLDERS = re.compile(r"(?<![\w./])/(?:[^\s/'\"]+/)+")
"""The folders of an absolute path; what is left is the file's name."""
EMPTY_WORDS = ("Exception encountered when calling", "Traceback")
"""How lines begin that say nothing; what happened follows them."""


def plain_words(error: BaseException) -> str:
    """Give the first line of an error's message that says something."""
    lines = (line.strip() for line in ANSI_COLOUR.sub("", str(error)).splitlines())
    telling = [line for line in lines if line and not line.startswith(EMPTY_WORDS)]
    words = FOLDERS.sub("", telling[0]) if telling else type(error).__name__
    return words if len(words) <= MOST_CHARACTERS else f"{words[:MOST_CHARACTERS]}…"
