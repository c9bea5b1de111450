"""Which photographs are found, and which of them are held out."""

import numpy as np
import pytest

from tests.training.photographs import write_images
from training.errors import (
    ClassesDifferError,
    NoClassesError,
    NoImagesError,
    TooFewImagesError,
)
from training.image_folders import held_out_split, labelled_images


def test_folders_become_classes_in_alphabetical_order(two_classes):
    found = labelled_images(two_classes)

    assert found.classes == ("blue", "red")
    assert found.labels == (0,) * 10 + (1,) * 10
    assert found.paths[0].name == "000.png"


def test_files_that_are_no_images_are_left_out(two_classes):
    (two_classes / "red" / "broken.jpg").write_bytes(b"no image")
    (two_classes / "red" / "notes.txt").write_text("no image either")

    assert len(labelled_images(two_classes)) == 20


def test_a_folder_of_one_class_is_refused_by_name(tmp_path):
    write_images(tmp_path / "only", colour=(9, 9, 9), count=2)

    with pytest.raises(NoClassesError, match="only 'only'"):
        labelled_images(tmp_path)


def test_a_class_without_a_decodable_image_is_refused(two_classes):
    empty = two_classes / "green"
    empty.mkdir()
    (empty / "broken.png").write_bytes(b"")

    with pytest.raises(NoImagesError) as refusal:
        labelled_images(two_classes)

    assert refusal.value.folder == empty
    assert refusal.value.tried == 1


def test_expected_classes_set_the_order_of_labels(two_classes):
    found = labelled_images(two_classes, classes=("red", "blue"))

    assert found.paths[0].parent.name == "red"


def test_other_classes_than_expected_are_refused(two_classes):
    with pytest.raises(ClassesDifferError, match="cat, dog"):
        labelled_images(two_classes, classes=("cat", "dog"))


def test_every_class_is_held_out_at_the_same_fraction(images):
    learned, held_out = held_out_split(images, fraction=0.3, seed=1)

    assert np.bincount(held_out.labels).tolist() == [3, 3]
    assert set(learned.paths) | set(held_out.paths) == set(images.paths)
    assert not set(learned.paths) & set(held_out.paths)


def test_the_same_seed_holds_out_the_same_images(images):
    first, again, other = (
        held_out_split(images, fraction=0.3, seed=seed)[1].paths for seed in (1, 1, 2)
    )

    assert first == again
    assert first != other


def test_a_class_of_one_image_cannot_be_divided(tmp_path):
    write_images(tmp_path / "many", colour=(9, 9, 9), count=3)
    write_images(tmp_path / "single", colour=(9, 9, 9), count=1)

    with pytest.raises(TooFewImagesError, match="'single' has 1"):
        held_out_split(labelled_images(tmp_path), fraction=0.5, seed=0)
