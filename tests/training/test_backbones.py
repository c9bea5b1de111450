"""Networks of keras.applications, with weights and heads of one's own."""

import keras
import numpy as np
import pytest

from tests.training.tiny_network import TinyNet
from training.backbones import (
    BackboneChoice,
    backbone_preprocessing,
    new_learner,
    servable_network,
)
from training.errors import (
    BackboneArgumentError,
    UnknownBackboneError,
    WeightsDownloadError,
    WeightsMismatchError,
)

SMALL = BackboneChoice("TinyNet", {}, "none", (32, 32))


def learner_of(choice, **knobs):
    return new_learner(choice, class_count=3, seed=0, mixed_precision=False, **knobs)


@pytest.mark.parametrize(
    ("backbone", "preprocessing"),
    [
        ("ResNet50V2", "tf"),
        ("ResNet50", "caffe"),
        ("DenseNet121", "torch"),
        ("EfficientNetB0", "raw"),
    ],
    ids=str,
)
def test_preprocessing_is_found_by_what_keras_does(backbone, preprocessing):
    assert backbone_preprocessing(backbone) == preprocessing


def test_an_unknown_backbone_is_answered_with_the_nearest_names():
    with pytest.raises(UnknownBackboneError, match="the nearest are ResNet50"):
        learner_of(BackboneChoice("resnet50"))


def test_arguments_that_the_class_refuses_are_told_with_its_name():
    choice = BackboneChoice("TinyNet", {"breadth": 2}, "none", (32, 32))

    with pytest.raises(BackboneArgumentError, match=r"TinyNet refuses.*breadth"):
        learner_of(choice)


def test_weights_of_the_whole_network_load_without_their_head(tmp_path):
    whole = TinyNet()
    path = tmp_path / "whole.weights.h5"
    whole.save_weights(path)

    loaded = learner_of(BackboneChoice("TinyNet", {}, str(path), (32, 32)))

    own = loaded.features.get_layer("conv2").get_weights()[0]
    np.testing.assert_array_equal(own, whole.get_layer("conv2").get_weights()[0])


def test_weights_of_the_backbone_alone_load_as_well(tmp_path):
    saved = learner_of(SMALL).features
    path = tmp_path / "backbone.weights.h5"
    saved.save_weights(path)

    loaded = learner_of(BackboneChoice("TinyNet", {}, str(path), (32, 32)))

    for own, wanted in zip(loaded.features.weights, saved.weights, strict=True):
        np.testing.assert_array_equal(own.numpy(), wanted.numpy())


def test_weights_of_a_wider_network_are_refused(tmp_path):
    path = tmp_path / "wider.weights.h5"
    TinyNet(alpha=2.0).save_weights(path)

    with pytest.raises(WeightsMismatchError, match=r"wider\.weights\.h5 does not hold"):
        learner_of(BackboneChoice("TinyNet", {}, str(path), (32, 32)))


def test_a_missing_file_of_weights_is_refused():
    with pytest.raises(WeightsMismatchError, match="no such file"):
        learner_of(BackboneChoice("TinyNet", {}, "absent.weights.h5", (32, 32)))


def test_a_failed_download_is_told_with_what_to_do():
    with pytest.raises(WeightsDownloadError, match=r"URL fetch failure.*give them as a file"):
        learner_of(BackboneChoice("TinyNet", {}, "imagenet", (32, 32)))


def test_pretrained_batch_normalization_keeps_its_statistics_in_training(tmp_path):
    path = tmp_path / "pretrained.weights.h5"
    TinyNet(include_top=False).save_weights(path)
    learner = learner_of(BackboneChoice("TinyNet", {}, str(path), (32, 32)))
    before = [weight.numpy() for weight in learner.network.non_trainable_weights]

    learner.network(np.ones((4, 32, 32, 3), np.float32), training=True)

    for weight, value in zip(learner.network.non_trainable_weights, before, strict=True):
        np.testing.assert_array_equal(weight.numpy(), value)


def test_the_servable_copy_answers_with_the_softmax_of_the_logits():
    learner = learner_of(SMALL)
    images = np.random.default_rng(0).uniform(-1, 1, (2, 32, 32, 3)).astype(np.float32)

    served = servable_network(learner, SMALL)(images)

    expected = keras.ops.softmax(learner.network(images, training=False))
    np.testing.assert_allclose(served, expected, atol=1e-6)


def test_mixed_precision_is_given_back_and_leaves_float32_weights():
    learner = new_learner(SMALL, class_count=2, seed=0, mixed_precision=True)

    assert keras.config.dtype_policy().name == "float32"
    assert learner.features.get_layer("conv1").compute_dtype == "bfloat16"
    assert {str(weight.dtype) for weight in learner.network.weights} == {"float32"}
