"""Which paths files of the store may have: relative ones, that stay where they are put.

A path is made of names joined by `/`. No name begins with a dot, which leaves out `.`, `..` and
hidden files alike; names that begin with a dot are the store's own, of files half written.
"""

import re

from storage.errors import PathInvalidError

MAX_PATH_BYTES = 800
"""In UTF-8. Object stores take 1024 for everything, the prefix of ours included."""
MAX_NAME_BYTES = 255
"""In UTF-8: what file systems take."""
UNWANTED = re.compile(
    r"[\\\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Backslashes, control characters, ends of lines, turned writing, halves of characters."""
PLAIN_PATH = re.compile(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")
"""What can stand in a URL as it is."""


def checked_path(path: str) -> str:
    """Give the path back if a file of the store may have it.

    Raises:
        PathInvalidError: it is absolute, leads elsewhere, or holds what no path should.
    """
    if not path or len(path.encode(errors="replace")) > MAX_PATH_BYTES:
        raise PathInvalidError(path, f"a path has 1 to {MAX_PATH_BYTES} bytes")
    if UNWANTED.search(path):
        raise PathInvalidError(path, "a backslash, a control character or broken Unicode")
    for name in path.split("/"):
        if not name or name.startswith("."):
            raise PathInvalidError(path, "each name has a first letter that is no dot")
        if len(name.encode()) > MAX_NAME_BYTES:
            raise PathInvalidError(path, f"a name has at most {MAX_NAME_BYTES} bytes")
    return path


def plain_path(path: str) -> str:
    """Give the path back if it is made of plain letters, as those that we name ourselves.

    Raises:
        PathInvalidError: as `checked_path`, or other letters than A-Z, a-z, 0-9, `.`, `_`, `-`.
    """
    if not PLAIN_PATH.fullmatch(path):
        raise PathInvalidError(
            path, "names of letters, digits, `.`, `_` and `-`, joined by `/`"
        )
    return checked_path(path)


def plain_name(name: str) -> str:
    """Give the name back if it is one plain name.

    Raises:
        PathInvalidError: as `plain_path`, or it is a path of several names.
    """
    if "/" in name:
        raise PathInvalidError(name, "one name is wanted, not a path")
    return plain_path(name)
