"""Rows of pictures are as high as they need, and hold every picture unchanged."""

import numpy as np
import pytest

from core.errors import ShapeError
from core.render.captioned_rows import GAP_PIXELS, Captioned, captioned_rows
from core.render.text import line_height


def tile(height, width, level):
    return np.full((height, width, 3), level, np.uint8)


def test_pictures_stand_in_columns_of_one_width_unchanged():
    rows = [
        [Captioned(tile(20, 60, 10), ("one",)), Captioned(tile(30, 40, 20), ("two",))],
        [Captioned(tile(12, 50, 30), ())],
    ]

    picture = captioned_rows(rows)

    line = line_height(14)
    assert picture.shape == (3 * GAP_PIXELS + 30 + line + 12, 3 * GAP_PIXELS + 2 * 60, 3)
    first, second = GAP_PIXELS, 2 * GAP_PIXELS + 60
    assert (picture[GAP_PIXELS:][:20, first : first + 60] == 10).all()
    assert (picture[GAP_PIXELS:][:30, second : second + 40] == 20).all()
    below = 2 * GAP_PIXELS + 30 + line
    assert (picture[below:][:12, first : first + 50] == 30).all()
    # The words are written below the tallest picture of their row.
    words = picture[GAP_PIXELS + 30 : GAP_PIXELS + 30 + line]
    assert (words[:, first : first + 60] < 128).any()


@pytest.mark.parametrize("rows", [[], [[]]], ids=["no row", "an empty row"])
def test_nothing_to_lay_out_is_refused(rows):
    with pytest.raises(ShapeError):
        captioned_rows(rows)
