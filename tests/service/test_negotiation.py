"""`Accept` is read as RFC 9110, section 12.5.1, has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import NotAcceptableError
from service.negotiation import JSON, PNG, WEBP, preferred

OFFERED = (JSON, PNG, WEBP)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/json", JSON),
        ("application/*", JSON),
        ("image/png", PNG),
        ("IMAGE/PNG", PNG),
        ("image/*", PNG),
        ("image/webp, image/*;q=0.5", WEBP),
        ("image/webp,image/png", PNG),
        ("image/png;q=0.2, image/webp;q=0.3", WEBP),
        ("image/png;q=0, */*;q=0.1", JSON),
        ("text/html, image/webp ; q=0.9, */*;q=0.8", WEBP),
        ("*/*;q=0.1, image/png;q=0.05", JSON),
        ("image/png;q=nonsense, image/webp;q=0.001", WEBP),
        ("image/png;q=nan, image/webp", WEBP),
    ],
)
def test_the_most_wanted_of_the_offered_types_is_chosen(accept, chosen):
    assert preferred(accept, OFFERED) == chosen


@pytest.mark.parametrize("accept", ["text/html", "image/png;q=0", "audio/*;q=1", "nonsense"])
def test_a_request_that_wants_none_of_them_is_refused(accept):
    with pytest.raises(NotAcceptableError) as refusal:
        preferred(accept, OFFERED)

    assert refusal.value.offered == OFFERED


@given(st.text(max_size=60))
def test_whatever_the_header_holds_it_is_answered_or_refused(accept):
    try:
        assert preferred(accept, OFFERED) in OFFERED
    except NotAcceptableError:
        pass
