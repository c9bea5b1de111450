"""The bank of crops: the same for the same seed, whole first, complete after a kill."""

import dataclasses

import numpy as np
import pytest
from PIL import Image

from training.crop_bank import BankPlan, make_bank, photograph_crops
from training.errors import CheckpointMismatchError
from training.pixels import CropRange, photograph, stretched
from training.progress import SilentProgress

PLAN = BankPlan(
    crops_per_photograph=3,
    size=(8, 8),
    teacher_size=(16, 16),
    crops=CropRange(smallest_area=0.3, widest_aspect=1.33),
    seed=4,
)


def brightness_teacher(pixels):
    """Answer with the brightness of each crop, twice, and its three mean colours."""
    means = pixels.mean(axis=(1, 2), dtype=np.float32)
    return np.stack([means.mean(axis=1), -means.mean(axis=1)], axis=1), means


def bank_in(folder, images, *, plan=PLAN, teacher=brightness_teacher):
    return make_bank(
        images.paths, teacher=teacher, plan=plan, folder=folder, progress=SilentProgress()
    )


def test_the_same_seed_makes_the_same_bank(images, tmp_path):
    first, again = (bank_in(tmp_path / name, images) for name in ("first", "again"))
    other = bank_in(tmp_path / "other", images, plan=dataclasses.replace(PLAN, seed=5))

    np.testing.assert_array_equal(first.pixels, again.pixels)
    np.testing.assert_array_equal(first.logits, again.logits)
    assert not np.array_equal(first.pixels, other.pixels)


def test_the_first_crop_is_the_whole_photograph(images):
    kept, shown = photograph_crops(images.paths[0], place=0, plan=PLAN)

    whole = stretched(photograph(images.paths[0]), PLAN.teacher_size)
    np.testing.assert_array_equal(shown[0], whole)
    np.testing.assert_array_equal(kept[0], stretched(Image.fromarray(whole), PLAN.size))


def test_the_teacher_answers_to_the_very_crop_that_is_kept(images, tmp_path):
    bank = bank_in(tmp_path, images)

    assert len(bank) == len(images) * PLAN.crops_per_photograph
    np.testing.assert_allclose(bank.features, bank.pixels.mean(axis=(1, 2)), atol=2.0)


def test_a_killed_bank_is_completed_without_asking_again(images, tmp_path):
    asked = []

    def dying_teacher(pixels):
        if asked:
            raise KeyboardInterrupt
        asked.append(len(pixels))
        return brightness_teacher(pixels)

    with pytest.raises(KeyboardInterrupt):
        bank_in(tmp_path / "killed", images, teacher=dying_teacher)
    completed = bank_in(tmp_path / "killed", images)

    whole = bank_in(tmp_path / "whole", images)
    np.testing.assert_array_equal(completed.pixels, whole.pixels)
    np.testing.assert_array_equal(completed.features, whole.features)


def test_a_bank_of_another_plan_is_refused(images, tmp_path):
    bank_in(tmp_path, images)

    with pytest.raises(CheckpointMismatchError, match="seed"):
        bank_in(tmp_path, images, plan=dataclasses.replace(PLAN, seed=9))
