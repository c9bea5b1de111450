"""Distillation: blends, softened answers, sizes by epoch, and going on after a kill."""

import dataclasses

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.manifest import Input
from training.compact_resnet import FEATURES_LAYER, compact_resnet
from training.crop_bank import CropBank
from training.distillation import distil
from training.distillation_plan import DistillationPlan, Stage
from training.evaluate import measured
from training.mixing import MixingPlan, blended_images, blended_targets, mixing_mask
from training.progress import SilentProgress
from training.projected_student import divergence
from training.student_batches import feature_scale, student_batches, student_view

PLAN = DistillationPlan(stages=(Stage((16, 16), 1), Stage((24, 24), 1)), batch_images=8, seed=2)


class KilledError(Exception):
    """Stands for the end of the process."""


@pytest.fixture(scope="module")
def bank():
    generator = np.random.default_rng(0)
    return CropBank(
        generator.integers(0, 256, (24, 24, 24, 3), np.uint8),
        generator.normal(size=(24, 2)).astype(np.float32),
        generator.normal(3.0, 2.0, (24, 6)).astype(np.float16),
    )


def small_student():
    keras.utils.set_random_seed(1)
    return compact_resnet(
        class_count=2,
        size=(None, None),
        stem_channels=4,
        stage_channels=(4, 6),
        stage_blocks=(1, 1),
    )


def distilled(bank, folder, *, progress=None):
    network = small_student()
    judgement = measured(np.eye(2, dtype=np.float32), np.array([0, 1]), classes=("a", "b"))
    curve = distil(
        network,
        bank,
        fed=Input(width=24, height=24, preprocessing="tf"),
        features_layer=FEATURES_LAYER,
        plan=PLAN,
        judge=lambda size: judgement,
        folder=folder,
        progress=progress or SilentProgress(),
    )
    return network, curve


@pytest.fixture(scope="module")
def through(bank, tmp_path_factory):
    """A network that nothing interrupted, and the folder of its checkpoint."""
    folder = tmp_path_factory.mktemp("through")
    return distilled(bank, folder)[0], folder


def test_a_killed_distillation_ends_as_if_never_interrupted(bank, through, tmp_path):
    class KillingProgress(SilentProgress):
        def note(self, message):
            raise KilledError

    with pytest.raises(KilledError):
        distilled(bank, tmp_path, progress=KillingProgress())
    resumed, curve = distilled(bank, tmp_path)

    assert [point.epoch for point in curve] == [1, 2]
    for own, wanted in zip(resumed.get_weights(), through[0].get_weights(), strict=True):
        np.testing.assert_allclose(own, wanted, atol=1e-5)


def test_the_network_ends_with_the_average_of_its_weights(through):
    network, folder = through

    with np.load(folder / "student.npz") as checkpoint:
        for index, variable in enumerate(network.variables):
            np.testing.assert_array_equal(variable.numpy(), checkpoint[f"average/{index}"])


def test_no_blend_leaves_every_crop_as_it_is():
    plan = MixingPlan(mixup_share=0.0, cutmix_share=0.0)

    mask = mixing_mask(np.random.default_rng(0), size=(6, 5), plan=plan)

    np.testing.assert_array_equal(mask, np.ones((6, 5)))


@pytest.mark.parametrize("seed", range(6), ids=str)
def test_cutmix_replaces_one_rectangle_of_at_most_half(seed):
    plan = MixingPlan(mixup_share=0.0, cutmix_share=1.0)

    mask = mixing_mask(np.random.default_rng(seed), size=(32, 32), plan=plan)

    rows, columns = np.nonzero(mask == 0.0)
    assert mask.mean() >= 0.48
    if rows.size:
        assert rows.size == (np.ptp(rows) + 1) * (np.ptp(columns) + 1)


def test_targets_are_blended_by_the_share_that_images_are():
    # One pixel of four comes from the partner: a quarter of its target too.
    mask = tf.constant([[1.0, 1.0], [1.0, 0.0]])
    images = tf.reshape(tf.constant([0.0, 100.0]), (2, 1, 1, 1)) * tf.ones((2, 2, 2, 1))
    targets = tf.constant([[0.0], [100.0]])

    blended = blended_images(images, mask)

    np.testing.assert_allclose(tf.reduce_mean(blended, axis=(1, 2)), [[25.0], [75.0]])
    np.testing.assert_allclose(blended_targets(targets, mask), [[25.0], [75.0]])


def test_divergence_equals_the_sum_done_by_hand():
    # Softened by 2 the logits [0, 2 log 3] are [1/4, 3/4]; against [1/2, 1/2]:
    # 1/2 log 2 + 1/2 log(2/3), times 2 squared.
    logits = tf.constant([[0.0, 2.0 * np.log(3.0)]], tf.float32)
    expected = 4.0 * (0.5 * np.log(2.0) + 0.5 * np.log(2.0 / 3.0))

    found = divergence(tf.constant([[0.5, 0.5]]), logits, temperature=2.0)

    assert float(found) == pytest.approx(expected, rel=1e-5)


def test_every_crop_is_seen_once_an_epoch_in_repeatable_order(bank):
    scale = feature_scale(bank)

    def seen(epoch):
        batches = student_batches(bank, scale, plan=PLAN, epoch=epoch)
        return np.concatenate([batch.logits for batch in batches])

    np.testing.assert_array_equal(seen(1), seen(1))
    assert not np.array_equal(seen(1), seen(2))
    assert sorted(map(tuple, seen(1))) == sorted(map(tuple, bank.logits))


def test_the_teachers_features_are_standardized_over_the_bank(bank):
    batches = student_batches(bank, feature_scale(bank), plan=PLAN, epoch=1)

    features = np.concatenate([batch.features for batch in batches])

    np.testing.assert_allclose(features.mean(axis=0), 0.0, atol=1e-3)
    np.testing.assert_allclose(features.std(axis=0), 1.0, atol=0.02)


def test_stages_follow_each_other_by_epoch():
    plan = dataclasses.replace(PLAN, stages=(Stage((96, 96), 2), Stage((128, 128), 1)))

    assert [plan.size_in(epoch) for epoch in (1, 2, 3)] == [(96, 96), (96, 96), (128, 128)]
    assert plan.epochs == 3


def test_the_student_sees_crops_at_the_size_of_the_mask(bank):
    seen = student_view(
        tf.constant(bank.pixels[:4]), tf.ones((16, 12)), strength=0.3, seed=tf.constant([1, 2])
    )

    assert seen.shape == (4, 16, 12, 3)
    assert seen.dtype == tf.uint8
