"""Image files for the tests: ordinary, odd and hostile."""

import struct
import zlib
from io import BytesIO

import numpy as np
from PIL import Image

ORIENTATION_TAG = 0x0112
TURNED_LEFT = 8


def noise(seed: int, width: int = 40, height: int = 30) -> Image.Image:
    """Make an image that looks like no other: blocks of random colours."""
    blocks = np.random.default_rng(seed).integers(0, 256, (5, 5, 3), np.uint8)
    return Image.fromarray(blocks).resize((width, height), Image.Resampling.NEAREST)


def encoded(image: Image.Image, image_format: str = "PNG", **options: object) -> bytes:
    file = BytesIO()
    image.save(file, image_format, **options)
    return file.getvalue()


def turned_jpeg(width: int, height: int) -> bytes:
    """Make a JPEG that is stored lying and shown standing."""
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = TURNED_LEFT
    return encoded(noise(1, width, height), "JPEG", exif=exif)


def sixteen_bit_png() -> bytes:
    numbers = np.linspace(0, 65535, 40 * 30, dtype=np.uint16).reshape(30, 40)
    return encoded(Image.fromarray(numbers))


def palette_png() -> bytes:
    """Make a PNG of few colours, one of them transparent."""
    return encoded(noise(2).quantize(8), "PNG", transparency=0)


def animated_gif() -> bytes:
    frames = [noise(seed) for seed in (3, 4)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


def huge_png(width: int = 10_000, height: int = 10_000) -> bytes:
    """Make a PNG of a hundred megapixels in about a kilobyte: its rows are never complete."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000), 9)[:1000]
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )
