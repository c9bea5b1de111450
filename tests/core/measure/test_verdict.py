"""Each way in which a map can fail leads to its own word and reason."""

import pytest

from core.measure.evidence import Evidence
from core.measure.verdict import verdict

GOOD = {
    "insertion": 0.8,
    "random_insertion": 0.5,
    "deletion": 0.1,
    "random_deletion": 0.4,
    "score_drop": 0.1,
    "completeness_gap": 0.001,
    "noise_stability": 0.9,
    "randomized_similarity": 0.05,
}


def codes_against(found):
    return {reason.code for reason in found.reasons if not reason.speaks_for}


def test_a_map_that_passes_every_test_is_supported():
    found = verdict(Evidence(**GOOD))

    assert found.word == "supported"
    assert codes_against(found) == set()
    assert len(found.reasons) == 6


def test_without_any_measurement_nothing_is_claimed():
    found = verdict(Evidence())

    assert (found.word, found.reasons) == ("untested", ())


@pytest.mark.parametrize(
    ("changed", "word", "code"),
    [
        ({"randomized_similarity": 0.9}, "unsupported", "ignores_the_weights"),
        ({"randomized_similarity": -0.9}, "unsupported", "ignores_the_weights"),
        ({"insertion": 0.51}, "mixed", "insertion_like_random"),
        ({"deletion": 0.39}, "mixed", "deletion_like_random"),
        ({"score_drop": 0.9}, "mixed", "marked_part_loses_the_score"),
        ({"completeness_gap": float("inf")}, "mixed", "does_not_add_up_to_the_score"),
        ({"noise_stability": 0.1}, "mixed", "unstable_under_noise"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_one_failure_is_named_and_changes_the_word(changed, word, code):
    found = verdict(Evidence(**{**GOOD, **changed}))

    assert found.word == word
    assert codes_against(found) == {code}


def test_a_map_no_better_than_random_in_either_way_explains_nothing():
    found = verdict(Evidence(**{**GOOD, "insertion": 0.4, "deletion": 0.5}))

    assert found.word == "unsupported"
    assert codes_against(found) == {"insertion_like_random", "deletion_like_random"}


def test_a_single_comparison_with_a_random_map_decides_where_it_is_the_only_one():
    found = verdict(Evidence(insertion=0.4, random_insertion=0.5))

    assert found.word == "unsupported"


def test_a_measurement_without_its_control_is_no_reason():
    assert verdict(Evidence(insertion=0.9, deletion=0.1)).word == "untested"


def test_reasons_tell_their_numbers_in_a_sentence():
    details = {reason.code: reason.detail for reason in verdict(Evidence(**GOOD)).reasons}

    assert details["insertion_better_than_random"] == (
        "insertion: area 0.800, a random map's is 0.500"
    )
    assert "10% of the probability" in details["marked_part_keeps_the_score"]


@pytest.mark.parametrize("name", GOOD)
def test_better_numbers_never_make_a_verdict_worse(name):
    worst = {name: 1.0 for name in ("deletion", "score_drop", "completeness_gap")}
    worst |= {"insertion": 0.0, "noise_stability": -1.0, "randomized_similarity": 1.0}
    worst |= {"random_insertion": 1.0, "random_deletion": 0.0}
    order = ["unsupported", "mixed", "supported"]

    spoiled = verdict(Evidence(**{**GOOD, name: worst[name]}))

    assert order.index(spoiled.word) < order.index("supported")
