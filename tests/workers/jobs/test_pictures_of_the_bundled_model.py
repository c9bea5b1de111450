"""Pictures of the bundled model beside photographs, and beside pixels without any care."""

from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from api_schemas.activation_maximization import ActivationMaximizationParameters
from core.images.decode import decode_image
from core.images.resize import resize_image
from core.models.load import load_classifier
from core.models.partial_pass import partial_pass
from core.visualize.placements import magnification, shift, turn
from core.visualize.resample import resampled
from tests.workers.jobs.fake_run import FakeRun
from workers.jobs.activation_maximization import activation_maximization
from workers.model_pool import HostedModel

ROOT = Path(__file__).parents[3]
LAYER, CHANNELS, STEPS, SIDE = "conv4_block2_out", (5, 60, 120), 64, 128
CARELESS = {"parametrization": "pixel", "decorrelate": False, "transforms": False}


@pytest.fixture(scope="module")
def model():
    return HostedModel(load_classifier(ROOT / "models" / "catsdogs"), max_compiled_kernels=4)


@pytest.fixture(scope="module")
def answers(model):
    """Measure what each of the channels answers to pictures [n, 128, 128, 3] of 0..255."""

    @tf.function(autograph=False, reduce_retracing=True)
    def means(pixels):
        maps = partial_pass(model.classifier, model.classifier.preprocess(pixels), [LAYER])[
            LAYER
        ]
        return tf.gather(tf.reduce_mean(maps, axis=(1, 2)), CHANNELS, axis=1)

    return lambda pixels: means(tf.constant(pixels, tf.float32)).numpy()


@pytest.fixture(scope="module")
def pictures(model, tmp_path_factory):
    """Make a picture of each channel, with our defaults and without any care."""

    def make(**how):
        run = FakeRun(tmp_path_factory.mktemp("job"))
        parameters = ActivationMaximizationParameters(
            layer=LAYER, channels=",".join(map(str, CHANNELS)), steps=STEPS, **how
        )
        result = activation_maximization(parameters, model, run)
        return np.stack([run.picture(picture["path"]) for picture in result["pictures"]])

    return {"ours": make(), "careless": make(**CARELESS)}


def looked_at_differently(pixels):
    """Show pictures a little shifted, scaled and turned, as any other look at them would."""

    def number(value):
        return tf.constant([value], tf.float32)

    placement = shift(number(3), number(-5)) @ magnification(number(1.06)) @ turn(number(4))
    planes = tf.transpose(tf.constant(pixels, tf.float32), (1, 2, 0, 3))
    return resampled(planes, placement, surroundings=127.5)


@pytest.mark.shared
def test_a_picture_excites_its_channel_more_than_any_of_64_photographs(
    pictures, answers, shared
):
    photographs = [
        resize_image(decode_image(path.read_bytes(), max_pixels=10**8), width=SIDE, height=SIDE)
        for kind in ("cat", "dog")
        for path in sorted((shared / "data" / "cats_vs_dogs" / "test" / kind).glob("*.jpg"))[
            :32
        ]
    ]
    assert len(photographs) == 64

    best = answers(np.stack(photographs)).max(axis=0)

    assert np.all(np.diag(answers(pictures["ours"])) > 2 * best)


def test_each_picture_excites_its_own_channel_the_most(pictures, answers):
    excited = answers(pictures["ours"])

    np.testing.assert_array_equal(excited.argmax(axis=0), np.arange(len(CHANNELS)))


def test_pixels_without_care_lose_more_when_they_are_looked_at_differently(pictures, answers):
    kept = {
        name: np.diag(answers(looked_at_differently(made))) / np.diag(answers(made))
        for name, made in pictures.items()
    }

    assert np.all(kept["ours"] > 0.8)
    assert np.all(kept["careless"] < kept["ours"] - 0.1)


def test_pixels_without_care_are_noise(pictures):
    def roughness(pixels):
        """Measure how much of the contrast is between neighbours; of noise it is about one."""
        neighbours = np.diff(pixels.astype(float), axis=2).std(axis=(1, 2, 3))
        return neighbours / pixels.std(axis=(1, 2, 3))

    assert np.all(roughness(pictures["careless"]) > 2 * roughness(pictures["ours"]))
    assert np.all(roughness(pictures["ours"]) < 0.7)


def test_pictures_are_neither_grey_nor_clipped(pictures):
    colours = pictures["ours"]

    assert np.all(colours.std(axis=(1, 2, 3)) > 25)
    assert np.mean((colours <= 2) | (colours >= 253)) < 0.1
