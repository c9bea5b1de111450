"""What makes an archive unsafe, of any kind: where members lead, and how many they are."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b

from storage.errors import ArchiveUnsafeError, PathInvalidError
from storage.paths import checked_path

MAX_RATIO = 200
"""Bytes unpacked for each byte of the archive. Photographs hardly shrink at all, drawings to a
twentieth; bombs unfold a thousandfold, the most that deflate can do."""
FREE_BYTES = 10 * 1024 * 1024
"""Unpacked at any ratio: a small archive of plain pictures is no bomb."""
MAX_MEMBER_BYTES = 700
"""Of a member's path, to which the store adds its own beginning."""
MAX_DEPTH = 32
"""Folders inside folders."""

DRIVE = re.compile(r"[A-Za-z]:")
LEFTOVERS = frozenset({"__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini"})
"""What systems leave in folders; nobody meant to send it."""


@dataclass(frozen=True)
class ArchiveLimits:
    """What is too much."""

    max_members: int
    """Files and folders of one archive."""
    max_bytes: int
    """Of all of them together, unpacked."""


class ArchiveRules:
    """Holds the members of one archive against the rules, one after the other."""

    def __init__(self, limits: ArchiveLimits, *, archive_bytes: int) -> None:
        self._limits = limits
        self._most_bytes = min(limits.max_bytes, FREE_BYTES + MAX_RATIO * archive_bytes)
        self._members = 0
        self._bytes = 0
        self._files: set[bytes] = set()
        self._folders: dict[bytes, bytes] = {}

    def count_members(self, members: int) -> None:
        """Count members, before anything is known of them.

        Raises:
            ArchiveUnsafeError: there are too many.
        """
        self._members += members
        if self._members > self._limits.max_members:
            raise ArchiveUnsafeError(f"it has more than {self._limits.max_members} members")

    def count_bytes(self, unpacked: int) -> None:
        """Count what the archive unfolds to.

        Raises:
            ArchiveUnsafeError: it is too much, or too much for an archive of its size.
        """
        self._bytes += unpacked
        if self._bytes <= self._most_bytes:
            return
        if self._bytes > self._limits.max_bytes:
            raise ArchiveUnsafeError(f"unpacked it has over {self._limits.max_bytes} bytes")
        raise ArchiveUnsafeError(f"it unfolds to more than {MAX_RATIO} times its size")

    def place(self, name: str, *, is_folder: bool) -> str | None:
        """Give the path where a member may be put, or none if it is not wanted.

        Raises:
            ArchiveUnsafeError: its name leads elsewhere, or where another member is already.
        """
        names = _names(name)
        if any(one.startswith(".") or one.casefold() in LEFTOVERS for one in names):
            return None
        path = "/".join(names)
        if not path and is_folder:
            return None
        try:
            if len(path.encode(errors="replace")) > MAX_MEMBER_BYTES:
                raise PathInvalidError(path, f"a path of more than {MAX_MEMBER_BYTES} bytes")
            checked_path(path)
        except PathInvalidError as error:
            raise ArchiveUnsafeError(error.reason, name) from error
        self._keep_apart(names, name, is_folder=is_folder)
        return None if is_folder else path

    def _keep_apart(self, names: list[str], member: str, *, is_folder: bool) -> None:
        """Remember a path, and refuse one that is another's, also where case is not told."""
        folders = names if is_folder else names[:-1]
        for depth in range(1, len(folders) + 1):
            exact, folded = _marks("/".join(folders[:depth]))
            if folded in self._files:
                raise ArchiveUnsafeError("a file and a folder have one name", member)
            if self._folders.setdefault(folded, exact) != exact:
                raise ArchiveUnsafeError("two folders differ in case only", member)
        if is_folder:
            return
        _, folded = _marks("/".join(names))
        if folded in self._files:
            raise ArchiveUnsafeError("two members have one name, but for its case", member)
        if folded in self._folders:
            raise ArchiveUnsafeError("a file and a folder have one name", member)
        self._files.add(folded)


def _names(name: str) -> list[str]:
    """Take a member's name apart.

    Raises:
        ArchiveUnsafeError: it leads out of the folder that it is unpacked in.
    """
    if name.startswith("/") or DRIVE.match(name):
        raise ArchiveUnsafeError("an absolute path", name)
    if "\\" in name:
        raise ArchiveUnsafeError("a backslash in a path", name)
    names = [one for one in name.split("/") if one not in ("", ".")]
    if ".." in names:
        raise ArchiveUnsafeError("a path that leads upwards", name)
    if len(names) > MAX_DEPTH:
        raise ArchiveUnsafeError(f"more than {MAX_DEPTH} folders inside each other", name)
    return names


def _marks(path: str) -> tuple[bytes, bytes]:
    """Give 16 bytes for a path as it is, and as file systems that do not tell case see it."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
    return _mark(path), _mark(folded)


def _mark(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()
