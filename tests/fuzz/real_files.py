"""Real files of every kind that is taken, and the words of their formats."""

import gzip
import io
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, PngImagePlugin

from tests.storage.hostile_archives import tar_of, zip_of

PHOTOGRAPH = Path(__file__).parents[2] / "docs/pictures/cat.jpg"
CROP = (150, 60, 214, 108)
"""Of the photograph: the cat's eyes, in 64 x 48 pixels."""

IMAGE_WORDS = (
    # JPEG: markers of parts, and what the first ones hold.
    b"\xff\xd8", b"\xff\xc0", b"\xff\xc1", b"\xff\xc2", b"\xff\xc4", b"\xff\xcc", b"\xff\xd0",
    b"\xff\xd9", b"\xff\xda", b"\xff\xdb", b"\xff\xdd", b"\xff\xe0", b"\xff\xe1", b"\xff\xe2",
    b"\xff\xee", b"\xff\xfe", b"JFIF\0", b"Exif\0\0", b"ICC_PROFILE\0", b"Adobe\0", b"MPF\0",
    # PNG and its animations.
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"iCCP", b"iTXt", b"zTXt", b"tEXt", b"eXIf",
    b"acTL", b"fcTL", b"fdAT", b"gAMA", b"XML:com.adobe.xmp\0",
    # WebP.
    b"RIFF", b"WEBP", b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"AL\x50H", b"EXIF", b"XMP ",
    # GIF.
    b"GIF87a", b"GIF89a", b"\x21\xf9\x04", b"\x21\xff\x0bNETSCAPE2.0", b"\x21\xfe", b"\x2c",
    # BMP: sizes of its headers, and how its pixels are packed.
    b"BM", b"\x0c\0\0\0", b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0", b"\x01\0\x08\0",
    # TIFF: kinds, tags and types of entries.
    b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"\x00\x01\x03\0", b"\x01\x01\x04\0", b"\x02\x01",
    b"\x03\x01\x03\0", b"\x06\x01\x03\0", b"\x11\x01", b"\x15\x01\x03\0", b"\x16\x01",
    b"\x17\x01", b"\x1c\x01\x03\0", b"\x3d\x01\x03\0", b"\x42\x01", b"\x44\x01", b"\x52\x01",
    b"\x53\x01",
    b"\x12\x01\x03\0", b"\x69\x87\x04\0", b"\x5b\x01\x07\0",
)  # fmt: skip
"""What decoders look for."""

ARCHIVE_WORDS = (
    b"PK\1\2", b"PK\3\4", b"PK\5\6", b"PK\6\6", b"PK\6\7", b"PK\7\x08", b"\1\0\x10\0", b"\1\0",
    b"\x08\0", b"\x09\0", b"\x0c\0", b"\0\x08", b"cat/", b"../", b"..\\", b"/etc/passwd", b"C:",
    b"__MACOSX/", b"ustar\0" b"00", b"ustar  \0", b"././@LongLink", b"00000000000\0",
    b"77777777777", b"\x80\0\0\0", b"\xff\xff\xff\xff", b"30 path=", b"20 size=",
    b"GNU.sparse.major=1\n",
    b"SCHILY.xattr.", b"\x1f\x8b\x08", b"\x1f\x8b\x08\x1f", b"\0" * 512,
)  # fmt: skip
"""What the readers of archives look for, and names that lead elsewhere."""


@cache
def images() -> tuple[bytes, ...]:
    """Give images of each format in its main forms, of one photograph and of noise."""
    with Image.open(PHOTOGRAPH) as whole:
        cat = whole.convert("RGB").crop(CROP)
    dots = np.random.default_rng(7).integers(0, 256, (20, 24, 3), np.uint8)
    noise = Image.fromarray(dots)
    deep = Image.fromarray(np.linspace(0, 65535, 20 * 24, dtype=np.uint16).reshape(20, 24))
    exif = Image.Exif()
    exif[0x0112] = 6
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta/>", zip=True)
    text.add_text("comment", "a cat", zip=True)
    see_through = cat.convert("RGBA")
    see_through.putalpha(90)
    frames = {"save_all": True, "append_images": [noise.resize(cat.size)]}
    return (
        _saved(cat, "JPEG", quality=80),
        _saved(cat, "JPEG", progressive=True, exif=exif),
        _saved(cat.convert("CMYK"), "JPEG"),
        _saved(noise.convert("L"), "JPEG", restart_marker_blocks=2),
        _saved(cat, "PNG"),
        _saved(cat.quantize(16), "PNG", transparency=3),
        _saved(deep, "PNG", pnginfo=text, exif=exif),
        _saved(see_through, "PNG", icc_profile=b"not a profile" * 9),
        _saved(cat, "PNG", **frames),
        _saved(noise.convert("1"), "PNG"),
        _saved(cat, "WEBP", exif=exif),
        _saved(see_through, "WEBP", lossless=True),
        _saved(cat, "WEBP", **frames),
        _saved(cat, "GIF"),
        _saved(noise, "GIF", interlace=False, transparency=0),
        _saved(cat, "GIF", **frames),
        _saved(cat, "BMP"),
        _saved(noise.quantize(8), "BMP"),
        _saved(noise.convert("1"), "BMP"),
        *(
            _saved(noise, "TIFF", compression=packed)
            for packed in (None, "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg")
        ),
        _saved(noise.convert("1"), "TIFF", compression="group4"),
        _saved(deep, "TIFF", big_tiff=True),
        _saved(cat, "TIFF", exif=exif, **frames),
        _saved(noise.convert("F"), "TIFF"),
    )


@cache
def archives() -> tuple[bytes, ...]:
    """Give archives of each kind in its main forms, of some of the images."""
    members = [
        (f"{'cat' if number % 2 else 'dog'}/{number}.img", images()[number])
        for number in (0, 4, 10, 13)
    ]
    long_name = [("cat/" + "long" * 40 + ".png", images()[4]), *members[:1]]
    tars = [tar_of(*members, format=form) for form in (0, 1, 2)]
    tars += [tar_of(*long_name, format=form) for form in (1, 2)]
    return (
        zip_of(*members),
        zip_of(*members, method=0),
        zip_of(*long_name, ("empty/", b"")),
        *tars,
        gzip.compress(tars[0], mtime=0),
        gzip.compress(tars[2], mtime=0),
    )


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()
