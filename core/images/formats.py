"""Which file formats are read, and how they are told from what is sent by mistake.

Pillow's own search is left out: it would try fifty formats, some of them parsers of programs,
and it judges the size of an image by a limit that is global to the process.
"""

from collections.abc import Callable
from io import BytesIO

from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

TAKEN = "JPEG, PNG, WebP, BMP, GIF or TIFF"
"""The formats that are read, as a message names them."""

Reader = Callable[[BytesIO], ImageFile]
"""Reads the header of a file; the pixels follow when they are asked for."""

READERS: tuple[tuple[str, tuple[bytes, ...], Reader], ...] = (
    ("JPEG", (b"\xff\xd8\xff",), JpegImageFile),
    ("PNG", (b"\x89PNG\r\n\x1a\n",), PngImageFile),
    ("WebP", (b"RIFF",), WebPImageFile),
    ("GIF", (b"GIF87a", b"GIF89a"), GifImageFile),
    ("BMP", (b"BM",), BmpImageFile),
    ("TIFF", (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), TiffImageFile),
)
"""Name, first bytes and reader of each format."""

MISTAKES: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"<svg",), "it is an SVG drawing"),
    (
        (b"<!doctype html", b"<html"),
        "it is a web page, not a file",
    ),
    ((b"<?xml", b"<"), "it is XML or HTML text"),
    (
        (b"data:image/",),
        "it is a data URL; decode what follows its comma from base64 first",
    ),
    ((b"/9j/", b"ivborw0kggo", b"uklgr", b"r0lgod"), "it is base64 text; decode it first"),
    ((b"%pdf",), "it is a PDF"),
    ((b"{", b"["), "it is JSON"),
    ((b"pk\x03\x04", b"\x1f\x8b"), "it is an archive"),
)
"""First bytes, in lower case, of what people send by mistake, and what to say about it."""

ISO_MEDIA = b"ftyp"
"""At byte 4 of HEIC and AVIF photographs, and of videos."""


def reader_of(content: bytes) -> tuple[str, Reader] | None:
    """Find the format of a file by its first bytes.

    Args:
        content: the whole file, or its first 12 bytes.

    Returns:
        The format's name and its reader; none for a format that is not read.
    """
    for name, beginnings, reader in READERS:
        if content.startswith(beginnings):
            is_other_riff = name == "WebP" and content[8:12] != b"WEBP"
            return None if is_other_riff else (name, reader)
    return None


def mistake_in(content: bytes) -> str:
    """Say in plain words what a file is that is of none of the formats."""
    if not content:
        return "it is empty (0 bytes)"
    if content[4:8] == ISO_MEDIA:
        return "it is a HEIC, AVIF or video file"
    beginning = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in beginning:
        return "it is an SVG drawing"
    for beginnings, mistake in MISTAKES:
        if beginning.startswith(beginnings):
            return mistake
    return "its first bytes are of no image format"
