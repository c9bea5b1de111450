"""Waits double, and an end comes."""

import pytest

from vitrine.supervision.restart_policy import RestartPolicy

POLICY = RestartPolicy(max_quick_deaths=5, quick_seconds=60.0, first_delay_seconds=0.5)


@pytest.mark.parametrize(
    ("deaths", "seconds"), [(0, 0.5), (1, 0.5), (2, 1.0), (3, 2.0), (4, 4.0)], ids=str
)
def test_each_death_in_a_row_doubles_the_wait(deaths, seconds):
    assert POLICY.delay_seconds(deaths) == seconds


def test_the_fifth_quick_death_is_the_last_one():
    assert not POLICY.is_hopeless(4)
    assert POLICY.is_hopeless(5)
