"""The 512 bytes before a member of a tar, and the records of a pax header."""

from dataclasses import dataclass, replace

from storage.errors import ArchiveUndecodableError, ArchiveUnsafeError

BLOCK_BYTES = 512

POSIX_MAGIC = b"ustar\0"
"""Of headers in which names may go on in the prefix field; GNU tar has `ustar  `."""

MAX_DIGITS = 19
"""Of a size in a pax header."""
MOST_SIGNED = 127
"""The largest signed byte."""
IS_BINARY = 0x80
"""First byte of a positive number in GNU tar's binary form."""


@dataclass(frozen=True)
class TarHeader:
    """What a header says of the member behind it."""

    name: str
    kind: int
    """The type flag, an ASCII letter."""
    size: int
    """Bytes of content."""

    def amended(self, said: dict[str, str]) -> "TarHeader":
        """Apply what extension headers said of the member.

        Raises:
            ArchiveUndecodableError: its size is no number.
        """
        size = said.get("size", str(self.size))
        if not (size.isascii() and size.isdigit() and len(size) <= MAX_DIGITS):
            raise ArchiveUndecodableError("a size that is no number")
        return replace(self, name=said.get("path", self.name), size=int(size))


def is_tar(head: bytes) -> bool:
    """Say whether a file begins as a tar does: with a header whose sum is right, or its end."""
    return len(head) == BLOCK_BYTES and (not any(head) or _sum_is_right(head))


def parse_header(block: bytes) -> TarHeader:
    """Read a header [512 bytes].

    Raises:
        ArchiveUndecodableError: its checksum is wrong, or a number cannot be read.
    """
    if not _sum_is_right(block):
        raise ArchiveUndecodableError("the checksum of a header is wrong")
    name = _text(block[:100])
    if block[257:263] == POSIX_MAGIC and block[345]:
        name = _text(block[345:500]) + b"/" + name
    return TarHeader(decoded(name), block[156], _number(block[124:136]))


def pax_records(content: bytes) -> dict[str, str]:
    """Read the path and size from a pax header: `<length> <key>=<value>` and a line feed each.

    Raises:
        ArchiveUnsafeError: the member is a sparse file, which unfolds to any size.
        ArchiveUndecodableError: they are no such records.
    """
    records = {}
    while content:
        digits, _, _ = content[: MAX_DIGITS + 1].partition(b" ")
        length = int(digits) if digits.isdigit() else 0
        record = content[len(digits) + 1 : length - 1]
        key, separator, value = record.partition(b"=")
        if not separator or content[length - 1 : length] != b"\n":
            raise ArchiveUndecodableError("an extended header cannot be read")
        if key.startswith(b"GNU.sparse."):
            raise ArchiveUnsafeError("a sparse file")
        if key in (b"path", b"size"):
            records[key.decode()] = decoded(value)
        content = content[length:]
    return records


def decoded(name: bytes) -> str:
    """Read a name: UTF-8 as everybody writes now, or Latin-1 as some did."""
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("latin-1")


def _sum_is_right(block: bytes) -> bool:
    """Add up the bytes, the sum's own field as blanks; old tars added signed ones."""
    field = block[148:156].strip(b" \0")
    if not field or field.strip(b"01234567"):
        return False
    rest = block[:148] + b" " * 8 + block[156:]
    unsigned = sum(rest)
    signed = unsigned - 256 * sum(byte > MOST_SIGNED for byte in rest)
    return int(field, 8) in (unsigned, signed)


def _text(field: bytes) -> bytes:
    """Cut a text off at its end."""
    return field.partition(b"\0")[0]


def _number(field: bytes) -> int:
    """Read a number: octal digits, or GNU tar's binary form for large ones.

    Raises:
        ArchiveUndecodableError: it is neither, or negative.
    """
    if field[0] == IS_BINARY:
        return int.from_bytes(field[1:])
    digits = field.strip(b" \0")
    if digits.strip(b"01234567"):
        raise ArchiveUndecodableError("a size that is no number")
    return int(digits or b"0", 8)
