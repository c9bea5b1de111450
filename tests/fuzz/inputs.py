"""Bad inputs by their numbers: damaged images and archives, half of them with right sums."""

import gzip
import random
from collections.abc import Callable

from tests.fuzz.mutations import damaged
from tests.fuzz.real_files import ARCHIVE_WORDS, IMAGE_WORDS, archives, images
from tests.fuzz.repairs import with_right_sums

PACKED_ANEW = 0.3
"""Of the archives: a tar that was damaged before it was packed, so that gzip finds no fault."""


def image_input(number: int) -> bytes:
    """Make the damaged image of a number."""
    content = damaged(number, images(), IMAGE_WORDS, kind="image")
    return with_right_sums(content) if number % 2 else content


def archive_input(number: int) -> bytes:
    """Make the damaged archive of a number."""
    content = damaged(number, archives(), ARCHIVE_WORDS, kind="archive")
    content = with_right_sums(content) if number % 2 else content
    is_packed = random.Random(number).random() < PACKED_ANEW
    return gzip.compress(content, 1, mtime=0) if is_packed else content


INPUTS: dict[str, Callable[[int], bytes]] = {"image": image_input, "archive": archive_input}
"""By kind."""
