"""Archives that were made to do harm, or were damaged on the way: each with what it must meet.

Written by Python's own modules, and by hand where these refuse to.
"""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from storage.archive_rules import ArchiveLimits

LIMITS = ArchiveLimits(max_members=200, max_bytes=30_000_000)
"""What the archives below are held against."""

PICTURE = bytes(range(256)) * 8


def zip_of(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = 8) -> bytes:
    """Make a zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def zip_entry(name: str, *, mode: int = 0, **facts: object) -> zipfile.ZipInfo:
    """Describe a member of a zip."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    for fact, value in facts.items():
        setattr(entry, fact, value)
    return entry


def tar_of(*members: tuple[str | tarfile.TarInfo, bytes], format: int = 2) -> bytes:
    """Make a tar."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=format) as archive:
        for name, content in members:
            entry = tar_entry(name) if isinstance(name, str) else name
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return file.getvalue()


def tar_entry(name: str, **facts: object) -> tarfile.TarInfo:
    """Describe a member of a tar."""
    entry = tarfile.TarInfo(name)
    for fact, value in facts.items():
        setattr(entry, fact, value)
    return entry


def tar_header(name: bytes, size: bytes, kind: bytes = b"0") -> bytes:
    """Make a header by hand, its sum right."""
    block = name.ljust(100, b"\0") + b"0000644\0" * 3 + size.ljust(12, b"\0") + b"0" * 12
    block = (block + b" " * 8 + kind).ljust(257, b"\0") + b"ustar  \0"
    block = block.ljust(512, b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def raw_zip(names: list[bytes], *, local: list[bytes] | None = None) -> bytes:
    """Make a zip by hand, with any bytes for names and other ones before the data."""
    out, directory = b"", b""
    for name, local_name in zip(names, local or names, strict=True):
        crc, size = zlib.crc32(PICTURE), len(PICTURE)
        offset = len(out)
        out += struct.pack(
            "<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 33, crc, size, size, len(local_name), 0
        )
        out += local_name + PICTURE
        directory += struct.pack(
            "<4s6H3I5H2I",
            *(b"PK\1\2", 20, 20, 0, 0, 0, 33, crc, size, size, len(name), 0, 0, 0, 0, 0),
            offset,
        )
        directory += name
    end = struct.pack(
        "<4s4H2IH", b"PK\5\6", 0, 0, len(names), len(names), len(directory), len(out), 0
    )
    return out + directory + end


def patched(archive: bytes, place: int, new: bytes, *, magic: bytes = b"PK\1\2") -> bytes:
    """Change some bytes behind the last record of a kind."""
    begin = archive.rindex(magic) + place
    return archive[:begin] + new + archive[begin + len(new) :]


def overlapping_zip() -> bytes:
    """Have many entries of the directory name one and the same data, as a better bomb does."""
    kernel = zip_of(("a/0", bytes(100_000)))
    begin = kernel.rindex(b"PK\1\2")
    entry = kernel[begin : begin + 46 + 3]
    entries = [entry[:-1] + bytes([letter]) for letter in b"0123456789"]
    directory = b"".join(entries)
    return (
        kernel[:begin]
        + directory
        + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 10, 10, len(directory), begin, 0)
    )


def pax_of(records: bytes, *, kind: bytes = b"x") -> bytes:
    """Make a tar whose only file has an extended header of these records."""
    padded = records + bytes(-len(records) % 512)
    head = tar_header(b"header", b"%o" % len(records), kind)
    return head + padded + tar_header(b"a/1.png", b"0") + bytes(1024)


LINK = 0o120777
DEVICE = 0o060644
GOOD_ZIP = zip_of(("a/1.png", PICTURE), ("b/2.png", PICTURE))
GOOD_TAR = tar_of(("a/1.png", PICTURE), ("b/2.png", PICTURE))
GOOD_GZIP = gzip.compress(GOOD_TAR, mtime=0)
DIRECTORY = GOOD_ZIP.index(b"PK\1\2")

NAMES_LEADING_ELSEWHERE = {
    "absolute": "/etc/passwd",
    "upwards": "../evil.png",
    "upwards inside": "a/../../evil.png",
    "upwards and back": "a/../b.png",
    "only upwards": "..",
    "drive": "C:/evil.png",
    "drive, relative": "c:evil.png",
    "backslashes": "a\\..\\..\\evil.png",
    "share": "\\\\host\\share\\evil.png",
    "line feed": "a/1\n2.png",
    "escape": "a/\x1b[2J.png",
    "turned writing": "a/\u202egnp.exe",
    "long name": "a/" + "n" * 256,
    "long path": "/".join(["abcdefgh"] * 31)
    + "/"
    + "n" * 250
    + "/"
    + "m" * 250
    + "/"
    + "o" * 90,
    "deep": "/".join(["a"] * 40),
}

UNSAFE: dict[str, Callable[[], bytes]] = {
    **{
        f"zip: {what}": lambda name=name: zip_of(("a/ok.png", PICTURE), (name, PICTURE))
        for what, name in NAMES_LEADING_ELSEWHERE.items()
    },
    **{
        f"tar: {what}": lambda name=name: tar_of(("a/ok.png", PICTURE), (name, PICTURE))
        for what, name in NAMES_LEADING_ELSEWHERE.items()
    },
    "zip: folder upwards": lambda: zip_of(("../a/", b"")),
    "zip: hidden and upwards": lambda: zip_of((".x/../../evil", PICTURE)),
    "zip: nul": lambda: raw_zip([b"a/1.png\0.txt"]),
    "zip: no name": lambda: raw_zip([b""]),
    "zip: only dots and slashes": lambda: raw_zip([b"./."]),
    "zip: two names": lambda: raw_zip([b"a/1.png"], local=[b"../1.png"]),
    "zip: symbolic link": lambda: zip_of((zip_entry("a/l", mode=LINK), b"/etc/passwd")),
    "zip: device": lambda: zip_of((zip_entry("a/d", mode=DEVICE), b"")),
    "zip: encrypted": lambda: patched(GOOD_ZIP, 8, b"\1\0"),
    "zip: strongly encrypted": lambda: patched(GOOD_ZIP, 8, b"\x41\0"),
    "zip: one name twice": lambda: raw_zip([b"a/1.png", b"a/1.png"]),
    "zip: one name but for dots": lambda: raw_zip([b"a/1.png", b"./a//1.png"]),
    "zip: case of a file": lambda: zip_of(("a/1.png", PICTURE), ("a/1.PNG", PICTURE)),
    "zip: case of a folder": lambda: zip_of(("Cat/1.png", PICTURE), ("cat/2.png", PICTURE)),
    "zip: case beyond ascii": lambda: zip_of(("a/ß.png", PICTURE), ("a/SS.png", PICTURE)),
    "zip: composed and not": lambda: zip_of(("a/\xe9", PICTURE), ("a/e\u0301", PICTURE)),
    "zip: file then folder": lambda: zip_of(("a", PICTURE), ("a/1.png", PICTURE)),
    "zip: folder then file": lambda: zip_of(("a/b/", b""), ("A/b", PICTURE)),
    "zip: folder, then a file of its name": lambda: zip_of(("a/b/1", b"x"), ("a/b", PICTURE)),
    "zip: too many members": lambda: zip_of(*((f"a/{i}.png", b"") for i in range(201))),
    "zip: too many folders": lambda: zip_of(*((f"a{i}/", b"") for i in range(201))),
    "zip: too many, it says": lambda: patched(
        GOOD_ZIP, 8, b"\xff\xfe\xff\xfe", magic=b"PK\5\6"
    ),
    "zip: too large": lambda: zip_of(*((f"a/{i}", bytes(1_100_000)) for i in range(30))),
    "zip: bomb": lambda: zip_of(("a/1.png", bytes(20_000_000))),
    "zip: many small bombs": lambda: zip_of(*((f"a/{i}", bytes(130_000)) for i in range(150))),
    "zip: overlapping": overlapping_zip,
    "zip: data into the next": lambda: patched(
        raw_zip([b"a/1", b"a/2"]), -49 + 20, struct.pack("<I", len(PICTURE) + 5)
    ),
    "tar: symbolic link": lambda: tar_of(
        (tar_entry("a/l", type=tarfile.SYMTYPE, linkname="/etc/passwd"), b"")
    ),
    "tar: link, then a file through it": lambda: tar_of(
        (tar_entry("a", type=tarfile.SYMTYPE, linkname="/tmp"), b""), ("a/evil", PICTURE)
    ),
    "tar: hard link": lambda: tar_of(
        (tar_entry("a/l", type=tarfile.LNKTYPE, linkname="../secret"), b"")
    ),
    "tar: link with a long target": lambda: tar_of(
        (tar_entry("a/l", type=tarfile.SYMTYPE, linkname="../" * 50), b""), format=1
    ),
    "tar: block device": lambda: tar_of((tar_entry("a/d", type=tarfile.BLKTYPE), b"")),
    "tar: character device": lambda: tar_of((tar_entry("a/d", type=tarfile.CHRTYPE), b"")),
    "tar: pipe": lambda: tar_of((tar_entry("a/p", type=tarfile.FIFOTYPE), b"")),
    "tar: sparse of gnu": lambda: tar_header(b"a/s", b"0", b"S") + bytes(1024),
    "tar: sparse of pax": lambda: pax_of(b"22 GNU.sparse.major=1\n"),
    "tar: unknown kind": lambda: tar_header(b"a/v", b"0", b"V") + bytes(1024),
    "tar: name twice": lambda: tar_of(("a/1.png", PICTURE), ("a/1.png", PICTURE)),
    "tar: case of a file": lambda: tar_of(("a/1.png", PICTURE), ("A/1.PNG", PICTURE)),
    "tar: file then folder": lambda: tar_of(("a", PICTURE), ("a/1.png", PICTURE)),
    "tar: too many members": lambda: tar_of(*((f"a/{i}.png", b"") for i in range(201))),
    "tar: too many headers": lambda: tar_header(b"h", b"0", b"x") * 300 + bytes(1024),
    "tar: long name without end": lambda: (
        tar_header(b"h", b"77777777", b"L") + bytes(20_000_000)
    ),
    "tar: pax header without end": lambda: tar_header(b"h", b"77777777", b"x") + bytes(9000),
    "tar: pax leads upwards": lambda: pax_of(b"20 path=../../../ab\n"),
    "tar: too large": lambda: tar_of(("a/1", bytes(31_000_000))),
    "tar.gz: upwards": lambda: gzip.compress(tar_of(("../evil", PICTURE))),
    "tar.gz: link": lambda: gzip.compress(
        tar_of((tar_entry("a", type=tarfile.SYMTYPE, linkname="/tmp"), b""))
    ),
    "tar.gz: bomb": lambda: gzip.compress(tar_of(("a/1.png", bytes(15_000_000)))),
    "tar.gz: bomb behind the end": lambda: gzip.compress(GOOD_TAR + bytes(15_000_000)),
    "tar.gz: bomb of headers": lambda: gzip.compress(
        (tar_header(b"h", b"200000", b"g") + bytes(65_536)) * 300
    ),
}

DAMAGED: dict[str, Callable[[], bytes]] = {
    "empty file": lambda: b"",
    "text": lambda: b"this is no archive" * 100,
    "picture": lambda: b"\x89PNG\r\n\x1a\n" + PICTURE,
    "7z": lambda: b"7z\xbc\xaf\x27\x1c" + PICTURE,
    "rar": lambda: b"Rar!\x1a\x07\x01\0" + PICTURE,
    "bzip2": lambda: b"BZh91AY&SY" + PICTURE,
    "gzip of a text": lambda: gzip.compress(b"this is no tar" * 100),
    "gzip of a zip": lambda: gzip.compress(GOOD_ZIP),
    "gzip of gzip": lambda: gzip.compress(GOOD_GZIP),
    "zip: cut off in the data": lambda: GOOD_ZIP[: DIRECTORY // 2],
    "zip: cut off in the directory": lambda: GOOD_ZIP[: DIRECTORY + 60],
    "zip: cut off at the last byte": lambda: GOOD_ZIP[:-1],
    "zip: cut out of the middle": lambda: GOOD_ZIP[:40] + GOOD_ZIP[60:],
    "zip: bytes before it": lambda: b"PK\3\4" + bytes(96) + GOOD_ZIP,
    "zip: bytes behind it": lambda: GOOD_ZIP + b"more",
    "zip: data changed": lambda: GOOD_ZIP[:60] + b"\xff\xff\xff" + GOOD_ZIP[63:],
    "zip: wrong sum": lambda: patched(GOOD_ZIP, 16, b"\1\2\3\4"),
    "zip: more than it says": lambda: patched(GOOD_ZIP, 24, struct.pack("<I", 100)),
    "zip: less than it says": lambda: patched(GOOD_ZIP, 24, struct.pack("<I", 100_000)),
    "zip: stored with two sizes": lambda: patched(
        raw_zip([b"a/1"]), 24, struct.pack("<I", 100)
    ),
    "zip: packed in another way": lambda: zip_of(("a/1.png", PICTURE), method=14),
    "zip: begins behind the end": lambda: patched(GOOD_ZIP, 42, b"\xfe\xff\xff\xff"),
    "zip: begins in the wrong place": lambda: patched(
        zip_of(("a/1.png", PICTURE)), 42, b"\1\0\0\0"
    ),
    "zip: more entries than it has": lambda: patched(GOOD_ZIP, 8, b"\3\0\3\0", magic=b"PK\5\6"),
    "zip: fewer entries than it has": lambda: patched(
        GOOD_ZIP, 8, b"\1\0\1\0", magic=b"PK\5\6"
    ),
    "zip: of two disks": lambda: patched(GOOD_ZIP, 4, b"\1\0", magic=b"PK\5\6"),
    "zip: directory elsewhere": lambda: patched(GOOD_ZIP, 16, b"\7\0\0\0", magic=b"PK\5\6"),
    "zip: zip64 that leads elsewhere": lambda: (
        GOOD_ZIP[:-22] + struct.pack("<4sIQI", b"PK\6\7", 0, 2**63, 1) + GOOD_ZIP[-22:]
    ),
    "zip: broken utf-8": lambda: patched(raw_zip([b"a/\xff\xfe"]), 8, b"\0\x08"),
    "tar: cut off in the data": lambda: GOOD_TAR[:700],
    "tar: cut off between members": lambda: GOOD_TAR[: 512 + 2048],
    "tar: cut off in a header": lambda: GOOD_TAR[:600],
    "tar: header changed": lambda: GOOD_TAR[: 512 + 2048] + b"X" + GOOD_TAR[2561:],
    "tar: size that is no number": lambda: tar_header(b"a/1", b"12x4") + bytes(1024),
    "tar: negative size": lambda: tar_header(b"a/1", b"\xff" * 12) + bytes(1024),
    "tar: size beyond everything": lambda: (
        tar_header(b"a/1", b"\x80" + b"\xff" * 11) + bytes(99)
    ),
    "tar: goes on behind its end": lambda: GOOD_TAR + GOOD_TAR,
    "tar: pax that is no pax": lambda: pax_of(b"no records at all\n"),
    "tar: pax of negative length": lambda: pax_of(b"-9 path=a\n"),
    "tar: pax of no length": lambda: pax_of(b"0 path=a\n"),
    "tar: pax longer than it is": lambda: pax_of(b"99 path=a\n"),
    "tar: pax with a size in words": lambda: pax_of(b"12 size=ten\n"),
    "tar.gz: cut off": lambda: GOOD_GZIP[: len(GOOD_GZIP) // 2],
    "tar.gz: cut off at the sum": lambda: GOOD_GZIP[:-6],
    "tar.gz: wrong sum": lambda: GOOD_GZIP[:-8] + b"\1\2\3\4" + GOOD_GZIP[-4:],
    "tar.gz: damaged": lambda: GOOD_GZIP[:50] + b"\xff" * 20 + GOOD_GZIP[70:],
}
