"""Memory that a picture has left is kept for the next one.

The C library gives blocks of the size of a picture back to the system when they are freed, and
the system hands them out anew page by page, zeroed: for pictures of 500 x 400 that is a third
of the time that drawing takes. See `mallopt(3)`.
"""

import ctypes
import os

MEBIBYTE = 1024 * 1024
TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of glibc's malloc.h."""
KEPT_BYTES = 32 * MEBIBYTE
"""What a thread may keep: more than the pictures of an image of a million pixels take."""
LARGEST_KEPT_BYTES = 16 * MEBIBYTE
"""Larger blocks come from the system, and go back to it at once: few images are as large."""


def keep_freed_memory() -> bool:
    """Have the C library keep what is freed, up to 32 MiB a thread, for all of the process.

    Returns:
        Whether it does so: glibc can, the libraries of other systems cannot be asked to.
    """
    if os.name != "posix":
        return False
    setting = getattr(ctypes.CDLL(None), "mallopt", None)
    if setting is None:
        return False
    return bool(
        setting(TRIM_THRESHOLD, KEPT_BYTES) and setting(MMAP_THRESHOLD, LARGEST_KEPT_BYTES)
    )
