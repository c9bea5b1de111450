"""No path leads out of where it is put, whatever it is made of."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.errors import PathInvalidError
from storage.paths import checked_path, plain_name, plain_path

GOOD = ["grid.png", "cells/8.json", "tiles/8/0_1.webp", "a" * 255, "/".join(["abcd"] * 100)]
UNUSUAL = ["Katze und Hund.jpg", "猫/é.png", "a:b", "a b/c'd\"", "~root", "- rf"]
BAD = [
    "",
    "/",
    "/etc/passwd",
    "..",
    "../a",
    "a/..",
    "a/../b",
    "a/./b",
    ".",
    "./a",
    "a//b",
    "a/",
    ".hidden",
    "a/.hidden",
    "a\\b",
    "..\\a",
    "C:\\a",
    "a\0b",
    "a\nb",
    "a\x7f",
    "\u202egpj.exe",
    "\ud800",
    "a" * 256,
    "é" * 128,
    "/".join(["abcd"] * 200),
]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path[:20])
def test_a_path_of_our_own_making_is_taken(path):
    assert plain_path(path) == path
    assert checked_path(path) == path


@pytest.mark.parametrize("path", UNUSUAL)
def test_an_unusual_path_is_taken_for_files_of_others_only(path):
    assert checked_path(path) == path
    with pytest.raises(PathInvalidError):
        plain_path(path)


@pytest.mark.parametrize("check", [checked_path, plain_path, plain_name])
@pytest.mark.parametrize("path", BAD, ids=lambda path: ascii(path)[:20])
def test_a_path_that_leads_elsewhere_is_refused(path, check):
    with pytest.raises(PathInvalidError):
        check(path)


def test_a_name_is_not_a_path_of_several():
    assert plain_name("fit.npz") == "fit.npz"
    with pytest.raises(PathInvalidError):
        plain_name("a/b")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["..", ".", "a", "", "\\", "b.c", "~"]), max_size=8))
def test_what_is_taken_stays_below_where_it_is_put(names):
    path = "/".join(names)
    try:
        checked_path(path)
    except PathInvalidError:
        return
    assert os.path.normpath(f"/root/{path}") == f"/root/{path}"


@settings(max_examples=40)
@given(st.text(max_size=300))
def test_a_refusal_repeats_little_and_a_path_taken_can_be_written_as_utf8(path):
    try:
        taken = checked_path(path)
    except PathInvalidError:
        with pytest.raises(PathInvalidError) as refused:
            checked_path(path)
        assert len(str(refused.value)) < 1500
    else:
        assert len(taken.encode()) <= 800
