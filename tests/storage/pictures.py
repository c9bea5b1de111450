"""Small image files for tests of datasets, and a judge of them."""

import struct
import zlib

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


def picture(number: int) -> bytes:
    """Make a PNG of one pixel, no two alike."""
    rows = zlib.compress(b"\0" + struct.pack(">I", number)[1:])
    return b"".join(
        [
            PNG_MAGIC,
            _piece(b"IHDR", struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)),
            _piece(b"IDAT", rows),
            _piece(b"IEND", b""),
        ]
    )


def fault_of(content: bytes) -> str | None:
    """Judge by the first bytes, as a decoder would by all of them."""
    return None if content.startswith(PNG_MAGIC) else "it is no picture"


def _piece(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )
