"""Cameras store what their sensor saw and note how they were held; this turns images upright.

Source: EXIF 2.32 (CIPA DC-008-2019), tag 0x0112 "Orientation".
"""

from PIL.Image import Image, Transpose

ORIENTATION_TAG = 0x0112
"""Of EXIF: which corner of the scene the first stored pixel is."""

TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""What undoes each orientation; Pillow's angles are counter-clockwise. 1 is upright."""


def upright(image: Image, *, as_in: Image) -> Image:
    """Turn an image as the EXIF of the file says that it came from.

    Args:
        image: the pixels.
        as_in: the opened file, its pixels already read: a PNG may have its EXIF after them, and
            of a TIFF Pillow has by then applied and deleted it.

    Returns:
        The image turned upright, or itself where there is nothing to turn. EXIF that is absent
        or damaged turns nothing, as in browsers.
    """
    turn = TURNS.get(_orientation(as_in))
    return image if turn is None else image.transpose(turn)


def _orientation(image: Image) -> int:
    """Read the tag; 1, upright, where there is none to read."""
    # Pillow parses EXIF and XMP in pure Python and raises whatever damaged bytes lead it to.
    try:
        return int(image.getexif().get(ORIENTATION_TAG, 1))
    except Exception:
        return 1
