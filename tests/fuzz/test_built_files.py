"""Files that hold together and make no sense: what a decoder reads once it trusts a header."""

import gzip
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.decoding import OUTCOMES, decode_one, unpack_one
from tests.fuzz.extent import inputs
from tests.fuzz.real_files import images
from tests.fuzz.repairs import PNG, png_with_right_sums
from tests.storage.hostile_archives import PICTURE, tar_header, zip_of

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
"""Pillow warns of what it passes over; as errors that would end the reading early."""

EXAMPLES = settings(max_examples=inputs(100, 4_000))
EDGES = st.sampled_from([0, 1, 2, 255, 256, 32_767, 65_535, 2**31 - 1, 2**31, 2**32 - 1])
NUMBERS = EDGES | st.integers(0, 2**32 - 1) | st.integers(0, 40)
CONTENT = st.binary(max_size=60)

CHUNKS = st.sampled_from(
    "PLTE tRNS iCCP iTXt zTXt tEXt eXIf acTL fcTL fdAT gAMA sBIT pHYs IDAT IEND IHDR".split()
)

DEPTHS = (
    *((depth, 0) for depth in (1, 2, 4, 8, 16)),
    *((depth, 3) for depth in (1, 2, 4, 8)),
    *((depth, colours) for depth in (8, 16) for colours in (2, 4, 6)),
)
"""Bits of a number and kind of colours, as a PNG may have them."""


def chunk(name: str, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name.encode() + content + bytes(4)


@st.composite
def pngs(draw: st.DrawFn) -> bytes:
    """Draw a PNG whose sums are right, of any header and any chunks."""
    depth, colours = draw(st.sampled_from(DEPTHS))
    fields = [draw(st.integers(0, 9)), draw(st.integers(0, 9)), depth, colours, 0, 0]
    fields.append(draw(st.sampled_from([0, 1])))
    if draw(st.integers(0, 3)) == 0:
        wrong = draw(st.integers(0, 6))
        fields[wrong] = draw(NUMBERS if wrong < 2 else st.integers(0, 255))
    head = struct.pack(">IIBBBBB", *fields)
    before = draw(st.lists(st.tuples(CHUNKS, CONTENT), max_size=3))
    # Each row begins with its filter, of which there are five.
    rows = zlib.compress(bytes([draw(st.integers(0, 5))]) + draw(CONTENT) + bytes(2_000))
    after = draw(st.lists(st.tuples(CHUNKS, CONTENT), max_size=2))
    parts = [("IHDR", head), *before, ("IDAT", rows), *after, ("IEND", b"")]
    return png_with_right_sums(PNG + b"".join(chunk(*part) for part in parts))


TAGS = st.sampled_from(
    (254, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 282, 284, 292, 317, 320, 322,
     323, 324, 325, 330, 338, 339, 347, 530, 532, 700, 34_377, 34_665, 34_853, 65_000)
)  # fmt: skip


@st.composite
def tiffs(draw: st.DrawFn) -> bytes:
    """Draw a TIFF of one directory, its entries in order, and anything behind it."""
    order = draw(st.sampled_from("<>"))
    small = {256: 12, 257: 10, 258: 8, 259: 1, 262: 1, 273: 8, 277: 1, 278: 10, 279: 120}
    entries = {tag: (3, 1, value) for tag, value in small.items()}
    entries |= draw(
        st.dictionaries(
            TAGS | st.integers(0, 65_535),
            st.tuples(st.integers(0, 18), st.sampled_from([1, 2, 3]) | NUMBERS, NUMBERS),
            max_size=6,
        )
    )
    for tag in draw(st.sets(st.sampled_from(sorted(small)), max_size=2)):
        del entries[tag]
    directory = struct.pack(f"{order}H", len(entries))
    for tag, (kind, count, value) in sorted(entries.items()):
        directory += struct.pack(f"{order}HHI", tag, kind, count)
        # A short stands in the first two of the four bytes.
        is_short = kind == 3 and count == 1
        directory += (
            struct.pack(f"{order}HH", value % 65_536, 0)
            if is_short
            else struct.pack(f"{order}I", value)
        )
    directory += struct.pack(f"{order}I", draw(st.just(0) | st.integers(0, 400)))
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    return head + directory + draw(st.binary(max_size=200))


MARKERS = st.sampled_from([0xC0, 0xC1, 0xC2, 0xC4, 0xCC, 0xDA, 0xDB, 0xDD, 0xE0, 0xE1, 0xEE])


Segments = list[tuple[int, bytes]]


def parts_of(jpeg: bytes) -> tuple[Segments, bytes]:
    """Take a JPEG apart: marker and content of each segment, and all from the first scan on."""
    segments, place = [], 2
    while jpeg[place + 1] != START_OF_SCAN:
        (length,) = struct.unpack_from(">H", jpeg, place + 2)
        segments.append((jpeg[place + 1], jpeg[place + 4 : place + 2 + length]))
        place += 2 + length
    return segments, jpeg[place:]


START_OF_SCAN = 0xDA
WHOLE_JPEGS = [parts_of(image) for image in images() if image.startswith(b"\xff\xd8")]


@st.composite
def jpegs(draw: st.DrawFn) -> bytes:
    """Draw a JPEG of a real one's segments, some left out, others between them or changed."""
    whole, scan = draw(st.sampled_from(WHOLE_JPEGS))
    segments = list(whole)
    for place, marker, inside, is_left_out in draw(
        st.lists(st.tuples(st.integers(0, 20), MARKERS, CONTENT, st.booleans()), max_size=3)
    ):
        at = place % len(segments)
        if is_left_out and len(segments) > 1:
            del segments[at]
        elif place % 2:
            segments.insert(at, (marker, inside))
        else:
            kept, content = segments[at]
            segments[at] = (kept, inside[:4] + content[len(inside[:4]) :])
    head = b"".join(
        bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content
        for marker, content in segments
    )
    return b"\xff\xd8" + head + scan


@EXAMPLES
@given(image=pngs() | tiffs() | jpegs())
def test_an_image_that_makes_no_sense_is_decoded_or_refused(image):
    assert decode_one(image) in OUTCOMES["image"]


@st.composite
def tars(draw: st.DrawFn) -> bytes:
    """Draw a tar whose sums are right: any kinds, names and sizes."""
    content = b""
    sizes = st.binary(max_size=12) | st.integers(0, 2_000).map(lambda size: b"%o" % size)
    for kind in draw(st.lists(st.sampled_from(b"01234567gxLKSVDN\0"), min_size=1, max_size=5)):
        name = draw(
            st.sampled_from([b"a/1.png", b"../b", b"/c", b"a"]) | st.binary(max_size=99)
        )
        content += tar_header(name, draw(sizes), bytes([kind]))
        inside = draw(st.binary(max_size=600) | st.just(b"20 path=a/../../b.c\n"))
        content += inside + bytes(-len(inside) % 512)
    end = content + bytes(1024)
    return gzip.compress(end, 1) if draw(st.booleans()) else end


RECORDS = st.sampled_from([b"PK\1\2", b"PK\3\4", b"PK\5\6"])


@st.composite
def zips(draw: st.DrawFn) -> bytes:
    """Draw a zip, some of whose fields say something else."""
    content = bytearray(zip_of(("a/1.png", PICTURE), ("b/2.png", PICTURE)))
    fields = st.tuples(RECORDS, st.integers(4, 45), st.sampled_from("BHIQ"), NUMBERS)
    for record, place, form, value in draw(st.lists(fields, min_size=1, max_size=4)):
        begin = content.rindex(record) + place
        piece = struct.pack(f"<{form}", value % 256 ** struct.calcsize(form))
        content[begin : begin + len(piece)] = piece
    return bytes(content)


@EXAMPLES
@given(archive=tars() | zips())
def test_an_archive_that_makes_no_sense_is_unpacked_or_refused(archive):
    assert unpack_one(archive) in OUTCOMES["archive"]


@EXAMPLES
@given(content=st.binary(max_size=2_000))
def test_what_is_no_file_at_all_is_refused(content):
    assert decode_one(content) != "decoded"
    assert unpack_one(content) != "unpacked"
