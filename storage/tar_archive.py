"""Tar archives, read from front to back: headers of 512 bytes, each before its content.

Read are POSIX.1-1988 (ustar), POSIX.1-2001 (pax) and GNU tar's long names; see `tar(5)` and
POSIX `pax`. Python's own module reads more kinds, but holds whatever a header asks it to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from storage.archive_rules import ArchiveRules
from storage.errors import ArchiveUndecodableError, ArchiveUnsafeError
from storage.member import CHUNK_BYTES, Member
from storage.tar_header import (
    BLOCK_BYTES,
    TarHeader,
    decoded,
    is_tar,
    parse_header,
    pax_records,
)

__all__ = ["is_tar", "tar_members"]

MAX_EXTENSION_BYTES = 64 * 1024
"""Of a long name, or of a pax header. Names have at most 800 bytes."""

FILES = frozenset(b"07\0")
FOLDER = ord("5")
EXTENSIONS = frozenset(b"xgLK")
UNSAFE = {
    ord("1"): "a hard link",
    ord("2"): "a symbolic link",
    ord("3"): "a device",
    ord("4"): "a device",
    ord("6"): "a pipe",
    ord("S"): "a sparse file",
}


class Stream(Protocol):
    """What a tar is read from."""

    def read(self, size: int, /) -> bytes:
        """Read up to so many bytes; less at the end alone."""


@dataclass
class _Body:
    """The content of a member, read or not."""

    stream: Stream
    left: int

    def chunks(self) -> Iterator[bytes]:
        """Go through what is left of the content."""
        while self.left:
            chunk = _exactly(self.stream, min(self.left, CHUNK_BYTES))
            self.left -= len(chunk)
            yield chunk


def tar_members(stream: Stream, rules: ArchiveRules) -> Iterator[Member]:
    """Go through the files of a tar; see `members_of`."""
    said: dict[str, str] = {}
    while (block := _exactly(stream, BLOCK_BYTES)) != bytes(BLOCK_BYTES):
        rules.count_members(1)
        header = parse_header(block)
        if header.kind in EXTENSIONS:
            said |= _extension(stream, header)
            continue
        header = header.amended(said)
        said = {}
        body = _Body(stream, header.size)
        path = _place(header, rules)
        if path is not None:
            yield Member(path, header.size, body.chunks())
        for _ in body.chunks():
            pass
        _skip_padding(stream, header.size)
    _expect_nothing_more(stream)


def _place(header: TarHeader, rules: ArchiveRules) -> str | None:
    """Give the path where a member may be put, or none.

    Raises:
        ArchiveUnsafeError: it is no file and no folder, or has no good place.
    """
    if header.kind in UNSAFE:
        raise ArchiveUnsafeError(UNSAFE[header.kind], header.name)
    if header.kind == FOLDER or header.name.endswith("/"):
        return rules.place(header.name, is_folder=True)
    if header.kind in FILES:
        return rules.place(header.name, is_folder=False)
    raise ArchiveUnsafeError(f"a member of unknown kind {chr(header.kind)!r}", header.name)


def _extension(stream: Stream, header: TarHeader) -> dict[str, str]:
    """Read what is said of the next member, in a member of its own."""
    if header.size > MAX_EXTENSION_BYTES:
        raise ArchiveUnsafeError(f"a header of {header.size} bytes")
    content = _exactly(stream, header.size)
    _skip_padding(stream, header.size)
    if header.kind == ord("x"):
        return pax_records(content)
    if header.kind == ord("L"):
        return {"path": decoded(content.rstrip(b"\0"))}
    # Of a link's target the link itself is refused; what is said of all members is times.
    return {}


def _skip_padding(stream: Stream, size: int) -> None:
    """Read up to the end of the block in which a content ends."""
    _exactly(stream, -size % BLOCK_BYTES)


def _exactly(stream: Stream, size: int) -> bytes:
    """Read so many bytes.

    Raises:
        ArchiveUndecodableError: there are less.
    """
    content = stream.read(size)
    if len(content) < size:
        raise ArchiveUndecodableError("it is cut off")
    return content


def _expect_nothing_more(stream: Stream) -> None:
    """Read on to the end, where a gzip file has its checksum.

    Raises:
        ArchiveUndecodableError: something else than zeros is behind the end mark.
    """
    while chunk := stream.read(CHUNK_BYTES):
        if chunk.strip(b"\0"):
            raise ArchiveUndecodableError("it goes on behind its end")
