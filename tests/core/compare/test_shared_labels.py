"""Classes are the same if they are called the same, as people write names."""

import pytest

from core.compare.shared_labels import matched_folders, shared_labels


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        (["cat", "dog"], ["dog", "cat"], [(0, 1), (1, 0)]),
        (["cat", "dog"], ["horse"], []),
        (["Great_Dane", "cat"], ["great dane", "CAT", "x"], [(0, 0), (1, 1)]),
        (["crane", "lion", "crane"], ["crane", "lion"], [(1, 1)]),
        (["a-b"], ["a b"], [(0, 0)]),
    ],
    ids=["other order", "nothing shared", "ways to write", "twice in one model", "hyphen"],
)
def test_classes_are_paired_by_their_labels(first, second, pairs):
    assert shared_labels(first, second) == pairs


def test_folders_are_matched_with_the_classes_that_they_are_called_after():
    assert matched_folders(["Cat", "mice", "great-dane"], ["great dane", "cat"]) == [1, None, 0]
