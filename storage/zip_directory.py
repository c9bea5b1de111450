"""The directory at the end of a zip: what it says of each member, and nothing believed yet."""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from storage.archive_rules import ArchiveRules
from storage.errors import ArchiveUndecodableError

END = struct.Struct("<4s4H2IH")
"""Magic, disk, disk of the directory, entries here, entries, size, offset, comment length."""
END_MAGIC = b"PK\x05\x06"
MAX_COMMENT_BYTES = 0xFFFF

LARGE_LOCATOR = struct.Struct("<4sIQI")
"""Magic, disk, offset of the large end, disks. Zip64: sizes beyond 4 GiB, more than 65,535."""
LARGE_LOCATOR_MAGIC = b"PK\x06\x07"
LARGE_END = struct.Struct("<4sQ2H2I4Q")
"""Magic, size, versions, disk, its disk, entries here, entries, size, offset."""
LARGE_END_MAGIC = b"PK\x06\x06"

ENTRY = struct.Struct("<4s6H3I5H2I")
"""Magic, versions, flags, method, time, date, CRC, packed size, size, lengths of name, extra
and comment, disk, attributes, mode and attributes, offset."""
ENTRY_MAGIC = b"PK\x01\x02"

ENCRYPTED = 0x0001 | 0x0040 | 0x2000
"""Flags: encrypted, strongly encrypted, names hidden."""
IS_UTF8 = 0x0800
LARGE_FIELD = 1
"""ID of the extra field that holds 64-bit sizes."""
IS_LARGE = 0xFFFF_FFFF
EXTRA = struct.Struct("<2H")
"""ID and size of an extra field."""
LARGE = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """What the directory says of one member."""

    raw_name: bytes
    name: str
    is_encrypted: bool
    method: int
    crc: int
    packed_bytes: int
    size: int
    """Bytes, unpacked."""
    mode: int
    """File type and permissions of Unix; 0 where none were kept."""
    offset: int


@dataclass(frozen=True)
class ZipDirectory:
    """All members, and where the directory begins: behind the last one's data."""

    entries: list[ZipEntry]
    offset: int


def read_directory(file: BinaryIO, rules: ArchiveRules) -> ZipDirectory:
    """Read the directory.

    Raises:
        ArchiveUnsafeError: there are too many members.
        ArchiveUndecodableError: it is not there, or not whole.
    """
    entries, size, offset = _find_directory(file)
    rules.count_members(entries)
    file.seek(offset)
    found = list(_entries(file, entries))
    if file.tell() != offset + size:
        raise ArchiveUndecodableError("its directory has another size than it says")
    return ZipDirectory(found, offset)


def exactly(file: BinaryIO, size: int) -> bytes:
    """Read so many bytes.

    Raises:
        ArchiveUndecodableError: there are less.
    """
    content = file.read(size)
    if len(content) < size:
        raise ArchiveUndecodableError("it is cut off")
    return content


def _find_directory(file: BinaryIO) -> tuple[int, int, int]:
    """Find the number of entries, and the size and offset of the directory."""
    length = file.seek(0, os.SEEK_END)
    tail_begins = max(0, length - END.size - MAX_COMMENT_BYTES)
    file.seek(tail_begins)
    tail = file.read()
    for place in _places(tail, END_MAGIC):
        end = END.unpack_from(tail, place)
        if place + END.size + end[7] == len(tail):
            break
    else:
        raise ArchiveUndecodableError("its directory is missing: it is cut off")
    ends_at = tail_begins + place
    entries, size, offset = end[4:7]
    large = _large_end(file, ends_at)
    if large is not None:
        ends_at, entries, size, offset = large
    if offset + size != ends_at or any(end[1:3]):
        raise ArchiveUndecodableError("its directory is not where it says")
    return entries, size, offset


def _places(tail: bytes, magic: bytes) -> Iterator[int]:
    """Go through the places where a whole end record could begin, from behind."""
    place = tail.rfind(magic, 0, len(tail) - END.size + len(magic))
    while place >= 0:
        yield place
        place = tail.rfind(magic, 0, place + len(magic) - 1)


def _large_end(file: BinaryIO, ends_at: int) -> tuple[int, int, int, int] | None:
    """Find the end record of Zip64, if there is one: its own place, entries, size, offset."""
    if ends_at < LARGE_LOCATOR.size:
        return None
    file.seek(ends_at - LARGE_LOCATOR.size)
    magic, _, place, _ = LARGE_LOCATOR.unpack(exactly(file, LARGE_LOCATOR.size))
    if magic != LARGE_LOCATOR_MAGIC:
        return None
    file.seek(min(place, ends_at))
    end = LARGE_END.unpack(exactly(file, LARGE_END.size))
    if end[0] != LARGE_END_MAGIC or any(end[4:6]):
        raise ArchiveUndecodableError("its directory is not where it says")
    return place, *end[7:10]


def _entries(file: BinaryIO, count: int) -> Iterator[ZipEntry]:
    """Read so many entries."""
    for _ in range(count):
        fixed = ENTRY.unpack(exactly(file, ENTRY.size))
        if fixed[0] != ENTRY_MAGIC:
            raise ArchiveUndecodableError("its directory is damaged")
        name_length, extra_length, comment_length = fixed[10:13]
        name = exactly(file, name_length)
        extra = exactly(file, extra_length)
        exactly(file, comment_length)
        flags = fixed[3]
        unpacked, packed, offset = _large_fields(extra, fixed[9], fixed[8], fixed[16])
        yield ZipEntry(
            raw_name=name,
            name=_decoded(name, is_utf8=bool(flags & IS_UTF8)),
            is_encrypted=bool(flags & ENCRYPTED),
            method=fixed[4],
            crc=fixed[7],
            packed_bytes=packed,
            size=unpacked,
            mode=fixed[15] >> 16,
            offset=offset,
        )


def _large_fields(extra: bytes, *fields: int) -> list[int]:
    """Take from the extra fields what does not fit into 32 bits: sizes and the offset."""
    large = b""
    while len(extra) >= EXTRA.size:
        kind, size = EXTRA.unpack_from(extra)
        if kind == LARGE_FIELD:
            large = extra[EXTRA.size : EXTRA.size + size]
            break
        extra = extra[EXTRA.size + size :]
    whole = []
    for field in fields:
        if field == IS_LARGE and len(large) >= LARGE.size:
            whole.append(LARGE.unpack_from(large)[0])
            large = large[LARGE.size :]
        else:
            whole.append(field)
    return whole


def _decoded(name: bytes, *, is_utf8: bool) -> str:
    """Read a name: UTF-8, also where that is not said, or else the code page of DOS."""
    try:
        return name.decode()
    except UnicodeDecodeError as error:
        if is_utf8:
            raise ArchiveUndecodableError("a name is no UTF-8") from error
        return name.decode("cp437")
