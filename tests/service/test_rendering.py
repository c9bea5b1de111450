"""What an answer shows of a map, and when it warns that a map shows nothing."""

import base64

import numpy as np
import pytest

from api_schemas.explanations import ExplanationOptions
from api_schemas.methods import METHODS
from service.errors import FieldsInvalidError
from service.rendering import first_picture, map_warnings, render, value_range

PIXELS = np.full((8, 8, 3), 100, np.uint8)
ALL = ("heatmap", "overlay", "raw", "contour", "box")


def rendered(numbers, polarity="positive", outputs=ALL, **options):
    chosen = ExplanationOptions(
        outputs=outputs, polarity=polarity, clip_percentile=100.0, **options
    )
    return render(PIXELS, np.asarray(numbers, np.float32), chosen, method=METHODS["gradcam"])


def raw_of(rendering) -> np.ndarray:
    decoded = base64.b64decode(rendering.raw.b64)
    return np.frombuffer(decoded, rendering.raw.dtype).reshape(rendering.raw.shape)


@pytest.mark.parametrize(
    ("numbers", "polarity", "code"),
    [
        pytest.param([[0, 0]], "positive", "map_is_zero", id="zero"),
        pytest.param([[-1, -2]], "positive", "map_is_zero", id="all against"),
        pytest.param([[1, 2]], "negative", "map_is_zero", id="all for"),
        pytest.param([[3, 3]], "positive", "map_is_constant", id="constant"),
        pytest.param([[-3, -3]], "both", "map_is_constant", id="constant and negative"),
        pytest.param([[np.nan, 1]], "positive", "map_is_not_finite", id="not a number"),
        pytest.param([[np.inf, 1]], "both", "map_is_not_finite", id="infinite"),
        pytest.param([[-np.inf, 1]], "negative", "map_is_not_finite", id="infinite against"),
        pytest.param([[-np.inf, 1]], "positive", "map_is_not_finite", id="infinite and hidden"),
    ],
)
def test_a_map_that_explains_nothing_carries_a_warning(numbers, polarity, code):
    assert [warning.code for warning in rendered(numbers, polarity).warnings] == [code]


@pytest.mark.parametrize(
    ("numbers", "polarity"),
    [([[1, 2]], "positive"), ([[-1, 2]], "both"), ([[0, -1]], "negative"), ([[5]], "positive")],
)
def test_a_map_that_tells_places_apart_carries_none(numbers, polarity):
    assert rendered(numbers, polarity).warnings == ()


def test_evidence_of_the_other_sign_is_told_from_no_evidence():
    (against,) = rendered([[-1, -2]]).warnings
    (nothing,) = rendered([[0, 0]]).warnings

    assert "other sign" in against.detail
    assert "other sign" not in nothing.detail


@pytest.mark.parametrize(
    ("polarity", "expected"),
    [("positive", [[2, 0]]), ("negative", [[0, 3]]), ("both", [[2, -3]])],
)
def test_the_raw_map_and_its_range_are_those_of_the_polarity(polarity, expected):
    rendering = rendered([[2, -3]], polarity)

    np.testing.assert_array_equal(raw_of(rendering), expected)
    assert (rendering.range.min, rendering.range.max) == (np.min(expected), np.max(expected))


def test_a_range_leaves_out_what_is_not_finite():
    numbers = np.array([[np.nan, 1.0, np.inf, -2.0]], np.float32)

    assert (value_range(numbers).min, value_range(numbers).max) == (-2.0, 1.0)
    assert value_range(np.array([[np.nan]], np.float32)).max is None


def test_only_the_outputs_asked_for_are_made():
    rendering = rendered([[1, 2]], outputs=("contour",))

    assert set(rendering.pictures) == {"contour"}
    assert (rendering.raw, rendering.box) == (None, None)


def test_a_legend_is_drawn_beside_the_overlay_if_asked_for():
    rendering = rendered([[1, 2]], outputs=("overlay", "legend"))

    assert set(rendering.pictures) == {"overlay", "legend"}
    assert rendering.pictures["legend"] != rendering.pictures["overlay"]


def test_a_box_goes_around_what_reaches_half_of_the_maximum():
    # The map has the size of the image: nothing is interpolated.
    numbers = np.zeros((8, 8))
    numbers[2:5, 3:7] = 0.5
    numbers[3, 4] = 1.0
    numbers[7, 7] = 0.49

    box = rendered(numbers).box

    assert (box.x, box.y, box.width, box.height) == (3, 2, 4, 3)


def test_a_map_without_evidence_has_no_box():
    assert rendered([[-1, -1]]).box is None


@pytest.mark.parametrize(
    ("names", "first"),
    [(("heatmap", "overlay"), "overlay"), (("contour", "heatmap"), "heatmap")],
)
def test_the_overlay_is_the_first_picture_and_the_contour_the_last(names, first):
    assert first_picture({name: name.encode() for name in names}) == first.encode()


def test_a_picture_that_was_not_asked_for_cannot_be_the_answer():
    with pytest.raises(FieldsInvalidError, match="outputs"):
        first_picture({})


def test_warnings_name_one_reason_and_the_gravest():
    numbers = np.array([[np.nan, 0.0]], np.float32)

    assert len(map_warnings(numbers, numbers)) == 1
