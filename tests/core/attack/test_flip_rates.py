"""Flip rates are counted trial by trial, and their bounds are those of Wilson's equation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.attack.flip_rates import NORMAL_QUANTILE, flip_rates, wilson_interval

SOURCE, TARGET = 0, 1


@given(
    predicted=hnp.arrays(
        np.int64,
        st.tuples(st.integers(1, 12), st.integers(1, 6)),
        elements=st.integers(0, 3),
    )
)
def test_rates_are_counted_trial_by_trial(predicted):
    rates = flip_rates(predicted, source=SOURCE, target=TARGET)

    rows = predicted.tolist()
    trials = [top for row in rows for top in row]
    assert (rates.images, rates.trials) == (len(rows), len(trials))
    assert rates.to_target.rate == pytest.approx(trials.count(TARGET) / len(trials))
    assert rates.to_any.rate == pytest.approx(1 - trials.count(SOURCE) / len(trials))
    turned = sum(TARGET in row for row in rows)
    assert rates.best_to_target.rate == pytest.approx(turned / len(rows))
    for share in (rates.to_target, rates.to_any, rates.best_to_target):
        assert 0 <= share.low <= share.rate <= share.high <= 1


@given(successes=st.integers(0, 40), more=st.integers(0, 40))
def test_a_bound_is_a_rate_that_is_just_not_contradicted(successes, more):
    trials = successes + more
    if not trials:
        return
    rate = successes / trials

    # Wilson: the bounds p solve (rate - p)² = z² p (1 - p) / n.
    for bound in wilson_interval(rate, trials=trials):
        deviation = NORMAL_QUANTILE**2 * bound * (1 - bound) / trials
        assert (rate - bound) ** 2 == pytest.approx(deviation, abs=1e-9)


def test_known_bounds_of_an_example_come_out():
    # 81 of 263: R's prop.test(81, 263, correct = FALSE) gives 0.2553 to 0.3662.
    low, high = wilson_interval(81 / 263, trials=263)

    assert (low, high) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))


def test_of_nothing_anything_may_be_true():
    rates = flip_rates(np.zeros((0, 4), int), source=SOURCE, target=TARGET)

    assert (rates.to_target.low, rates.to_target.rate, rates.to_target.high) == (0, 0, 1)
    assert (rates.images, rates.trials) == (0, 0)


def test_bounds_do_not_narrow_by_more_places_on_the_same_images():
    once = np.array([[TARGET], [SOURCE], [SOURCE], [TARGET]])

    alone = flip_rates(once, source=SOURCE, target=TARGET)
    repeated = flip_rates(np.repeat(once, 9, axis=1), source=SOURCE, target=TARGET)

    assert repeated.to_target == alone.to_target
