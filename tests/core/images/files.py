"""Image files made in the tests: of every format, truncated, lying about their size."""

import io
import struct
import zlib

import numpy as np
from PIL import Image

FORMATS = {
    "jpeg": ("JPEG", {"quality": 95, "subsampling": 0}),
    "progressive-jpeg": ("JPEG", {"progressive": True}),
    "png": ("PNG", {}),
    "webp": ("WEBP", {}),
    "lossless-webp": ("WEBP", {"lossless": True}),
    "bmp": ("BMP", {}),
    "gif": ("GIF", {}),
    "tiff": ("TIFF", {}),
    "lzw-tiff": ("TIFF", {"compression": "tiff_lzw"}),
    "deflate-tiff": ("TIFF", {"compression": "tiff_deflate"}),
    "jpeg-tiff": ("TIFF", {"compression": "jpeg"}),
}


def file_of(image, kind, **options):
    """Write a Pillow image as one of `FORMATS`, or as a format of Pillow's."""
    name, defaults = FORMATS.get(kind, (kind, {}))
    file = io.BytesIO()
    image.save(file, name, **defaults, **options)
    return file.getvalue()


def noise(height, width, *, seed=0, channels=3):
    """Draw a picture that is like no other: [H, W, channels] uint8."""
    generator = np.random.default_rng(seed)
    return generator.integers(0, 256, (height, width, channels), dtype=np.uint8)


def photograph(height=13, width=17):
    """A picture of noise, as an image of Pillow's."""
    return Image.fromarray(noise(height, width))


def png_chunk(name, content):
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def png_that_says(width, height, *, bits=8, colour_type=2, rows=b"\0" * 1000):
    """A small PNG whose header promises an image of any size."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks)


def gif_that_says(width, height, *, frame=(1, 1)):
    """A GIF of a few bytes that promises a canvas and a first frame of any size."""
    canvas = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    return canvas + b"," + struct.pack("<HHHHB", 0, 0, *frame, 0) + b"\x02\x02\x4c\x01\x00;"
