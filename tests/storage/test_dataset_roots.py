"""A path leads to a place under a root, or nowhere."""

import pytest

from storage.dataset_roots import DatasetRoots
from storage.errors import DatasetPathError


@pytest.fixture
def root(tmp_path):
    (tmp_path / "root/pets/cat").mkdir(parents=True)
    (tmp_path / "secret").mkdir()
    (tmp_path / "rootless").mkdir()
    (tmp_path / "root/inside").symlink_to(tmp_path / "root/pets")
    (tmp_path / "root/outside").symlink_to(tmp_path / "secret")
    (tmp_path / "link").symlink_to(tmp_path / "root")
    return tmp_path / "root"


@pytest.mark.parametrize(
    "path", ["pets", "{}/pets", "file://{}/pets/", "inside", "pets/../pets"]
)
def test_a_folder_under_the_root_is_found(root, path):
    roots = DatasetRoots([str(root)])
    if ".." in path:
        with pytest.raises(DatasetPathError):
            roots.candidates(path)
    else:
        assert roots.candidates(path.format(root)) == [str(root / "pets")]


def test_the_root_itself_is_under_the_root(root):
    assert DatasetRoots([f"{root}/"]).candidates(str(root)) == [str(root)]
    assert DatasetRoots(["/"]).candidates(str(root)) == [str(root)]


def test_a_root_may_be_a_link(root):
    link = root.parent / "link"

    assert DatasetRoots([str(link)]).candidates(f"{link}/pets") == [str(root / "pets")]
    assert DatasetRoots([str(link)]).candidates(f"{root}/pets") == [str(root / "pets")]


@pytest.mark.parametrize(
    "path",
    [
        "/etc",
        "..",
        "../secret",
        "pets/../../secret",
        "{}/../secret",
        "{}less",
        "outside",
        "outside/deeper",
        "s3://bucket/pets",
        "gs://bucket/pets",
        "http://host/pets",
        "pets\0",
        "pets\\..\\..",
        "file:///etc",
    ],
)
def test_a_path_outside_of_the_root_is_refused_whether_it_exists_or_not(root, path):
    with pytest.raises(DatasetPathError) as refused:
        DatasetRoots([str(root)]).candidates(path.format(root))

    assert str(root) not in str(refused.value).replace(path.format(root), "")


def test_without_roots_every_path_is_refused(root):
    with pytest.raises(DatasetPathError):
        DatasetRoots([]).candidates(str(root))


@pytest.mark.parametrize(
    ("path", "places"),
    [
        ("s3://bucket/sets/pets", ["s3://bucket/sets/pets"]),
        ("s3://bucket/sets/", ["s3://bucket/sets"]),
        ("pets", ["s3://bucket/sets/pets"]),
        ("s3://bucket/setsless", None),
        ("s3://bucket", None),
        ("s3://other/sets/pets", None),
        ("s3://bucket/sets/../secret", None),
        ("/sets/pets", None),
    ],
)
def test_a_prefix_under_a_root_in_a_bucket_is_found(path, places):
    roots = DatasetRoots(["s3://bucket/sets/"])
    if places is None:
        with pytest.raises(DatasetPathError):
            roots.candidates(path)
    else:
        assert roots.candidates(path) == places


def test_a_relative_path_may_be_under_each_of_the_roots(root):
    roots = DatasetRoots([str(root), "s3://bucket/sets"])

    assert roots.candidates("pets") == [str(root / "pets"), "s3://bucket/sets/pets"]


@pytest.mark.parametrize("path", ["pets/store", "pets/store/datasets", "pets", "", "linked"])
def test_what_has_to_do_with_the_store_is_under_no_root(root, path):
    store = root / "pets" / "store"
    (store / "datasets").mkdir(parents=True)
    (root / "linked").symlink_to(store)
    roots = DatasetRoots([str(root)], store_url=f"file://{root.parent}/link/pets/store/")

    with pytest.raises(DatasetPathError):
        roots.candidates(f"{root}/{path}")


def test_what_only_begins_like_the_store_is_under_its_root(root):
    roots = DatasetRoots([str(root)], store_url=str(root / "pets" / "ca"))

    assert roots.candidates("pets/cat") == [str(root / "pets" / "cat")]


@pytest.mark.parametrize(
    ("path", "is_found"),
    [("pets", True), ("store-of-pets", True), ("store", False), ("store/datasets", False)],
)
def test_the_prefix_of_the_store_is_under_no_root_of_its_bucket(path, is_found):
    roots = DatasetRoots(["s3://bucket"], store_url="s3://bucket/store/")

    if is_found:
        assert roots.candidates(path) == [f"s3://bucket/{path}"]
    else:
        with pytest.raises(DatasetPathError):
            roots.candidates(path)
