"""A matrix is drawn with each value's colour in its own square."""

import numpy as np
import pytest

from core.errors import ShapeError
from core.render.colormaps import colour_table
from core.render.matrix import CELL_PIXELS, MARGIN_PIXELS, matrix_picture


def test_every_square_has_the_colour_of_its_value():
    values = np.array([[0.0, 0.5, 1.0], [1.7, -0.3, 0.25]])

    picture = matrix_picture(
        values, rows=["a", "b"], columns=["c", "d", "e"], title="CKA", colormap="viridis"
    )

    lower_right = picture[:-MARGIN_PIXELS, :-MARGIN_PIXELS]
    squares = lower_right[-2 * CELL_PIXELS :, -3 * CELL_PIXELS :]
    for row in range(2):
        for column in range(3):
            level = round(float(np.clip(values[row, column], 0, 1)) * 255)
            square = squares[row * CELL_PIXELS :, column * CELL_PIXELS :]
            # Beside the white line at its edge and the digits in its middle.
            np.testing.assert_array_equal(square[5, 5], colour_table("viridis")[level])
            digits = square[CELL_PIXELS // 2 - 7 : CELL_PIXELS // 2 + 7, 5 : CELL_PIXELS - 5]
            assert (digits != colour_table("viridis")[level]).any()


def test_long_names_are_cut_off_and_a_long_title_is_not():
    values = np.ones((1, 1))
    short = matrix_picture(values, rows=["a"], columns=["b"], title="", colormap="gray")
    long = matrix_picture(
        values, rows=["a" * 500], columns=["b" * 500], title="t" * 100, colormap="gray"
    )

    assert long.shape[0] < short.shape[0] + 300
    assert long.shape[1] > short.shape[1] + 300


@pytest.mark.parametrize(
    ("shape", "rows", "columns"), [((2, 2), ["a"], ["b", "c"]), ((0, 1), [], ["b"])]
)
def test_names_that_do_not_fit_the_matrix_are_refused(shape, rows, columns):
    with pytest.raises(ShapeError):
        matrix_picture(np.ones(shape), rows=rows, columns=columns, title="", colormap="gray")
