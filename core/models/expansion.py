"""How much more than its own size a weights' file may unpack to."""

from core.errors import ModelFileError

MEBIBYTE = 1 << 20
MOST_EXPANSION = 100
"""Bytes unpacked per byte of file: weights shrink by half at most, a bomb a thousandfold."""
SMALL_BYTES = 64 * MEBIBYTE
"""Unpacked bytes that need no look at the expansion."""


def refuse_expansion(model: str, unpacked_bytes: int, file_bytes: int) -> None:
    """Refuse what unpacks to far more than its file.

    Raises:
        ModelFileError: it does.
    """
    if unpacked_bytes > max(SMALL_BYTES, MOST_EXPANSION * file_bytes):
        raise ModelFileError(
            model,
            f"the file of {file_bytes / MEBIBYTE:.1f} MiB unpacks to "
            f"{unpacked_bytes / MEBIBYTE:.0f} MiB",
        )
