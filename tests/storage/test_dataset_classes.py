"""Folders are classes, wherever they begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.dataset_classes import classes_of


@pytest.mark.parametrize(
    "folders",
    [
        pytest.param({"cat": "cat", "dog": "dog"}, id="at the top"),
        pytest.param({"pets/cat": "cat", "pets/dog": "dog"}, id="in a folder"),
        pytest.param({"a/b/c/cat": "cat", "a/b/c/dog": "dog"}, id="deep inside"),
        pytest.param({"cat/images": "cat", "dog/images": "dog"}, id="images inside of classes"),
        pytest.param(
            {"cat/old": "cat", "cat/new": "cat", "dog": "dog"}, id="of several folders"
        ),
        pytest.param({"cat": "cat", "": None}, id="some in no class"),
        pytest.param({"pets": None, "pets/cat": "cat", "pets/dog": "dog"}, id="some beside"),
        pytest.param({"cat": "cat"}, id="one class alone"),
        pytest.param({"pets/cat": "cat"}, id="one class alone, in a folder"),
        pytest.param({"": None}, id="no folders"),
        pytest.param({}, id="no images"),
        pytest.param({"a": "a", "ab": "ab"}, id="names that begin alike"),
        pytest.param({"train/cat": "train", "test/cat": "test"}, id="parts of a dataset"),
    ],
)
def test_the_class_of_each_folder_is_the_name_below_what_all_share(folders):
    assert classes_of(folders.keys()) == folders


PATHS = st.lists(st.sampled_from("abc"), max_size=4).map("/".join)


@given(folders=st.sets(PATHS, min_size=2, max_size=6), above=PATHS)
def test_a_folder_around_everything_changes_no_class(folders, above):
    moved = {"/".join(filter(None, [above, folder])): folder for folder in folders}

    expected = classes_of(folders)

    assert classes_of(moved) == {new: expected[old] for new, old in moved.items()}
