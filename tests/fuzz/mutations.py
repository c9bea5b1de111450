"""Files damaged as they are on their way, or by whoever looks for a fault in a decoder.

What is done is drawn from the number of the input alone, so that an input that broke something
is made again by its number.
"""

import random
from collections.abc import Callable, Sequence

MOST_CHANGES = 6
MORE_CHANGES = 0.45
"""How often another change follows: what is wrong in one place alone gets furthest."""
LONGEST_PIECE = 512
"""Bytes repeated, removed or taken over from another file."""
REACH = 16
"""Bytes around a format's own word: lengths, sizes and offsets stand there."""

EDGES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF)
"""Where counters overflow, signs turn and buffers end; less one and negated, too."""
WIDTHS = (1, 2, 4, 8)
"""Bytes of numbers in files."""

Change = Callable[[bytearray, random.Random, Sequence[bytes], Sequence[bytes]], None]
"""Changes a file, given what to draw from, other files, and words of the formats."""


def damaged(number: int, files: Sequence[bytes], words: Sequence[bytes], *, kind: str) -> bytes:
    """Make the input of a number: a real file, changed in one to six ways.

    Args:
        number: any; the same one gives the same input.
        files: real ones to begin with, and to take pieces from.
        words: that mean something in the files' formats.
        kind: tells apart the inputs of one number.
    """
    draw = random.Random(f"{kind} {number}")
    content = bytearray(draw.choice(files))
    for _ in range(MOST_CHANGES):
        draw.choice(CHANGES)(content, draw, files, words)
        if draw.random() > MORE_CHANGES:
            break
    return bytes(content)


def place_in(content: bytearray, draw: random.Random) -> int:
    """Draw a place, every second time near the beginning, where headers are."""
    most = len(content) if draw.random() < 0.5 else min(len(content), 256)
    return draw.randrange(most + 1)


def number_bytes(draw: random.Random) -> bytes:
    """Draw a number at an edge, in any width and order of bytes."""
    width = draw.choice(WIDTHS)
    edge = draw.choice(EDGES) - draw.choice((0, 0, 1))
    value = (-edge if draw.random() < 0.2 else edge) % 256**width
    return value.to_bytes(width, draw.choice(("little", "big")))


def overwrite(content: bytearray, place: int, piece: bytes) -> None:
    """Put bytes in the place of others; the file keeps its length but at its end."""
    content[place : place + len(piece)] = piece


def flip_bits(content: bytearray, draw: random.Random, _files: object, _words: object) -> None:
    """Flip one to eight bits anywhere."""
    for _ in range(draw.randint(1, 8) if content else 0):
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)


def cut_off(content: bytearray, draw: random.Random, _files: object, _words: object) -> None:
    """End the file early."""
    del content[place_in(content, draw) :]


def remove(content: bytearray, draw: random.Random, _files: object, _words: object) -> None:
    """Take a piece out."""
    place = place_in(content, draw)
    del content[place : place + draw.randint(1, LONGEST_PIECE)]


def repeat(content: bytearray, draw: random.Random, _files: object, _words: object) -> None:
    """Put a piece of the file in once more, elsewhere."""
    begin = place_in(content, draw)
    piece = content[begin : begin + draw.randint(1, LONGEST_PIECE)]
    place = place_in(content, draw)
    content[place:place] = piece * draw.choice((1, 1, 2, 50))


def splice(
    content: bytearray, draw: random.Random, files: Sequence[bytes], _words: object
) -> None:
    """Go on with another file, from a place of its own."""
    other = draw.choice(files)
    del content[place_in(content, draw) :]
    content += other[draw.randrange(len(other) + 1) :]


def put_number(content: bytearray, draw: random.Random, _files: object, _words: object) -> None:
    """Write a number at an edge over what stands somewhere."""
    overwrite(content, place_in(content, draw), number_bytes(draw))


def put_word(
    content: bytearray, draw: random.Random, _files: object, words: Sequence[bytes]
) -> None:
    """Write a word of the format over what stands somewhere, or put it between."""
    place, word = place_in(content, draw), draw.choice(words)
    content[place : place + draw.choice((0, len(word)))] = word


def put_number_at_word(
    content: bytearray, draw: random.Random, _files: object, words: Sequence[bytes]
) -> None:
    """Write a number at an edge beside a word that the file has: over a length or an offset."""
    found = [content.find(word) for word in words]
    places = [place for place in found if place >= 0] or [0]
    place = max(0, draw.choice(places) + draw.randint(-REACH, REACH))
    overwrite(content, place, number_bytes(draw))


def swap_words(
    content: bytearray, draw: random.Random, _files: object, words: Sequence[bytes]
) -> None:
    """Write a word over another that the file has: its part is taken for one of other kind."""
    present = [word for word in words if word in content]
    if present:
        word = draw.choice(present)
        overwrite(content, content.index(word), draw.choice(words))


CHANGES: tuple[Change, ...] = (
    flip_bits,
    cut_off,
    remove,
    repeat,
    splice,
    put_number,
    put_word,
    put_number_at_word,
    put_number_at_word,
    swap_words,
)
"""Lengths and offsets twice: what they lead to is what decoders trust."""
