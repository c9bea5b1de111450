"""Zip archives: the members that the directory at the end names, read one after the other.

See PKWARE's APPNOTE.TXT. Python's own module makes an object of each entry before anybody can
say that there are too many, and reads entries whose data overlap: a few kilobytes, unpacked
again and again (Fifield, "A better zip bomb", 2019).
"""

import stat
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from storage.archive_rules import ArchiveRules
from storage.errors import ArchiveUndecodableError, ArchiveUnsafeError
from storage.member import CHUNK_BYTES, Member
from storage.zip_directory import ZipDirectory, ZipEntry, exactly, read_directory

MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
"""Of the first member, or of the end of an archive that has none."""

LOCAL_MAGIC = b"PK\x03\x04"
LOCAL_BYTES = 30

STORED = 0
DEFLATED = 8


def is_zip(head: bytes) -> bool:
    """Say whether a file begins as a zip does."""
    return head.startswith(MAGICS)


def zip_members(file: BinaryIO, rules: ArchiveRules) -> Iterator[Member]:
    """Go through the files of a zip, all of them judged before the first; see `members_of`."""
    directory = read_directory(file, rules)
    placed = [(entry, _place(entry, rules)) for entry in directory.entries]
    ends = _ends(directory)
    return (
        Member(path, entry.size, _chunks(file, entry, ends[entry.offset]))
        for entry, path in placed
        if path is not None
    )


def _place(entry: ZipEntry, rules: ArchiveRules) -> str | None:
    """Give the path where a member may be put, or none.

    Raises:
        ArchiveUnsafeError: it is no file, cannot be looked into, or has no good place.
    """
    kind = stat.S_IFMT(entry.mode)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ArchiveUnsafeError("a link, or a device", entry.name)
    if entry.is_encrypted:
        raise ArchiveUnsafeError("an encrypted member, which nobody can look into", entry.name)
    rules.count_bytes(entry.size)
    is_folder = entry.name.endswith("/") or kind == stat.S_IFDIR
    return rules.place(entry.name, is_folder=is_folder)


def _ends(directory: ZipDirectory) -> dict[int, int]:
    """Say for each member's offset where its data must have ended: where the next begins.

    Raises:
        ArchiveUnsafeError: two members begin at the same place.
        ArchiveUndecodableError: a member begins where no member can be.
    """
    offsets = sorted(entry.offset for entry in directory.entries)
    if offsets and offsets[-1] >= directory.offset:
        raise ArchiveUndecodableError("a member begins behind the last one's end")
    ends = dict(pairwise([*offsets, directory.offset]))
    if len(ends) < len(offsets):
        raise ArchiveUnsafeError("two members share their data")
    return ends


def _chunks(file: BinaryIO, entry: ZipEntry, end: int) -> Iterator[bytes]:
    """Go through the content of a member.

    Raises:
        ArchiveUnsafeError: its data reach into another's, or it has another name there.
        ArchiveUndecodableError: its data are not what the directory says.
    """
    _find_data(file, entry, end)
    packed = _packed(file, entry.packed_bytes)
    unpacked = packed if entry.method == STORED else _inflated(packed, entry)
    crc = size = 0
    for chunk in unpacked:
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
        if size > entry.size:
            break
        yield chunk
    if size != entry.size or crc != entry.crc:
        raise _damaged(entry)


def _find_data(file: BinaryIO, entry: ZipEntry, end: int) -> None:
    """Go to where a member's data begin: behind its own header."""
    file.seek(entry.offset)
    header = exactly(file, LOCAL_BYTES)
    name = exactly(file, int.from_bytes(header[26:28], "little"))
    begin = entry.offset + LOCAL_BYTES + len(name) + int.from_bytes(header[28:30], "little")
    if not header.startswith(LOCAL_MAGIC) or entry.method not in (STORED, DEFLATED):
        raise _damaged(entry)
    if name != entry.raw_name:
        raise ArchiveUnsafeError("a member has two names", entry.name)
    if begin + entry.packed_bytes > end:
        raise ArchiveUnsafeError("two members share their data", entry.name)
    file.seek(begin)


def _packed(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Go through the data as they are in the file."""
    while size:
        chunk = exactly(file, min(size, CHUNK_BYTES))
        size -= len(chunk)
        yield chunk


def _inflated(packed: Iterator[bytes], entry: ZipEntry) -> Iterator[bytes]:
    """Go through what the data unfold to, a chunk at a time."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in packed:
            if inflater.eof:
                raise _damaged(entry)
            waiting = piece
            while waiting and not inflater.eof:
                yield inflater.decompress(waiting, CHUNK_BYTES)
                waiting = inflater.unconsumed_tail
        while not inflater.eof and (chunk := inflater.decompress(b"", CHUNK_BYTES)):
            yield chunk
    except zlib.error as error:
        raise _damaged(entry) from error
    if not inflater.eof or inflater.unused_data:
        raise _damaged(entry)


def _damaged(entry: ZipEntry) -> ArchiveUndecodableError:
    """Say which member is wrong."""
    if entry.method not in (STORED, DEFLATED):
        return ArchiveUndecodableError(f"member {entry.name[:100]!r} is packed in another way")
    return ArchiveUndecodableError(f"member {entry.name[:100]!r} is damaged")
