"""What every kernel promises, whatever its formula.

To add a kernel, add a line to `KERNELS`; every test below then holds for it as well.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest
import tensorflow as tf

from core.explain.blur_ig import blur_ig
from core.explain.deconvolution import deconvolution
from core.explain.gradcam import gradcam
from core.explain.gradient_times_input import gradient_times_input
from core.explain.guided_backpropagation import guided_backpropagation
from core.explain.guided_gradcam import guided_gradcam
from core.explain.guided_ig import guided_ig
from core.explain.integrated_gradients import integrated_gradients
from core.explain.saliency import saliency
from core.explain.smoothgrad import smoothgrad
from core.explain.squaregrad import squaregrad
from core.explain.vargrad import vargrad
from core.explain.xrai import xrai
from core.progress import untracked
from tests.core.explain.toy_network import (
    CHANNELS,
    HEIGHT,
    LAYER_HEIGHT,
    LAYER_WIDTH,
    WIDTH,
    Question,
    random_images,
)


@dataclass(frozen=True)
class Knobs:
    """What no result may depend on, and what a random one must depend on."""

    chunk: int = 3
    seed: int = 5
    track: Callable = untracked


@dataclass(frozen=True)
class Kernel:
    """A kernel with all its knobs set, and which of the promises it makes."""

    explain: Callable
    """From a question, images and knobs to maps."""
    is_one_pass: bool = False
    """It is compiled whole; else it goes through `knobs.track`."""
    is_chunked: bool = False
    is_random: bool = False
    is_antisymmetric: bool = False
    """Its map of "A rather than B" is the negative of its map of "B rather than A"."""
    map_shape: tuple[int, int] = (HEIGHT, WIDTH)


def explain_noisily(kernel, question, images, knobs):
    return kernel(
        question.gradient,
        images,
        copies=7,
        noise=0.2,
        seed=knobs.seed,
        chunk=knobs.chunk,
        track=knobs.track,
    )


def explain_from_black_and_white(question, images, knobs):
    return integrated_gradients(
        question.gradient,
        images,
        baselines=tf.stack([tf.fill(images.shape, -1.0), tf.fill(images.shape, 1.0)]),
        steps=4,
        chunk=knobs.chunk,
        track=knobs.track,
    )


def explain_by_regions(question, images, knobs):
    def quarters(image):
        upper = np.arange(image.shape[0])[:, None] < 6
        left = np.arange(image.shape[1]) < 5
        return np.stack([upper & left, upper & ~left, ~upper & left, ~upper & ~left])

    attribute = partial(explain_from_black_and_white, question, knobs=knobs)
    return xrai(attribute, images, segment=quarters, min_pixel_diff=1)


KERNELS = {
    "saliency": Kernel(
        lambda question, images, knobs: saliency(question.score, images), is_one_pass=True
    ),
    "gradient-times-input": Kernel(
        lambda question, images, knobs: gradient_times_input(question.score, images),
        is_one_pass=True,
        is_antisymmetric=True,
    ),
    "gradcam": Kernel(
        lambda question, images, knobs: gradcam(question.layer_score, images),
        is_one_pass=True,
        is_antisymmetric=True,
        map_shape=(LAYER_HEIGHT, LAYER_WIDTH),
    ),
    "guided-backpropagation": Kernel(
        lambda question, images, knobs: guided_backpropagation(question.score, images),
        is_one_pass=True,
    ),
    "deconvolution": Kernel(
        lambda question, images, knobs: deconvolution(question.score, images), is_one_pass=True
    ),
    "guided-gradcam": Kernel(
        lambda question, images, knobs: guided_gradcam(question.layer_score, images),
        is_one_pass=True,
    ),
    "smoothgrad": Kernel(partial(explain_noisily, smoothgrad), is_chunked=True, is_random=True),
    "squaregrad": Kernel(partial(explain_noisily, squaregrad), is_chunked=True, is_random=True),
    "vargrad": Kernel(partial(explain_noisily, vargrad), is_chunked=True, is_random=True),
    "integrated-gradients": Kernel(
        explain_from_black_and_white, is_chunked=True, is_antisymmetric=True
    ),
    "blur-ig": Kernel(
        lambda question, images, knobs: blur_ig(
            question.gradient,
            images,
            sigma_max=3.0,
            steps=6,
            chunk=knobs.chunk,
            track=knobs.track,
        ),
        is_chunked=True,
        is_antisymmetric=True,
    ),
    "guided-ig": Kernel(
        lambda question, images, knobs: guided_ig(
            question.gradient,
            images,
            baseline=tf.zeros_like(images),
            steps=6,
            fraction=0.25,
            max_dist=0.3,
            track=knobs.track,
        ),
        is_antisymmetric=True,
    ),
    "xrai": Kernel(explain_by_regions, is_chunked=True),
}


def kernels(**wanted):
    """Parametrize a test by the kernels that make a promise, or by all."""
    chosen = {
        name: kernel
        for name, kernel in KERNELS.items()
        if all(getattr(kernel, field) == value for field, value in wanted.items())
    }
    return pytest.mark.parametrize("kernel", chosen.values(), ids=chosen.keys())


@pytest.fixture
def images():
    return random_images(3)


@kernels()
def test_every_image_gets_a_finite_map_of_single_precision(kernel, images):
    maps = kernel.explain(Question(), images, Knobs())

    assert maps.shape == (3, *kernel.map_shape)
    assert maps.dtype == tf.float32
    assert np.isfinite(maps).all()
    assert np.ptp(maps, axis=(1, 2)).min() > 0.0


@kernels()
def test_the_same_question_gets_the_same_map_again(kernel, images):
    before = images.numpy().copy()

    first, second = (kernel.explain(Question(), images, Knobs()) for _ in range(2))

    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(images, before)


@kernels()
def test_an_image_is_explained_alike_alone_and_in_company(kernel, images):
    together = kernel.explain(Question(), images, Knobs())
    alone = kernel.explain(Question(), images[2:], Knobs())

    np.testing.assert_allclose(together[2:], alone, rtol=1e-4, atol=1e-6)


@kernels()
def test_another_class_gets_another_map_of_its_own(kernel, images):
    one, other = (kernel.explain(Question(target), images, Knobs()) for target in (1, 2))

    assert np.abs(one - other).max() > 0.05 * np.abs(one).max()


@kernels(is_antisymmetric=True)
def test_a_rather_than_b_is_the_negative_of_b_rather_than_a(kernel, images):
    forward = kernel.explain(Question(1, versus=3), images, Knobs())
    backward = kernel.explain(Question(3, versus=1), images, Knobs())

    np.testing.assert_allclose(forward, -backward, rtol=1e-4, atol=1e-6)


@kernels(is_one_pass=True)
def test_a_kernel_compiled_for_any_batch_gives_the_eager_map(kernel, images):
    compiled = tf.function(
        lambda batch: kernel.explain(Question(), batch, Knobs()),
        input_signature=[tf.TensorSpec((None, HEIGHT, WIDTH, CHANNELS))],
        autograph=False,
    )

    np.testing.assert_allclose(
        compiled(images), kernel.explain(Question(), images, Knobs()), rtol=1e-4, atol=1e-6
    )
    assert compiled(images[:1]).shape == (1, *kernel.map_shape)


@pytest.mark.parametrize("chunk", [1, 2, 100])
@kernels(is_chunked=True)
def test_how_many_variants_share_a_pass_does_not_matter(kernel, images, chunk):
    usual = kernel.explain(Question(), images, Knobs())
    chunked = kernel.explain(Question(), images, Knobs(chunk=chunk))

    np.testing.assert_allclose(chunked, usual, rtol=1e-4, atol=1e-6)


@kernels(is_random=True)
def test_another_seed_draws_another_noise(kernel, images):
    one, other = (kernel.explain(Question(), images, Knobs(seed=seed)) for seed in (1, 2))

    assert np.abs(one - other).max() > 0.01 * np.abs(one).max()


@kernels(is_one_pass=False)
def test_a_kernel_of_many_passes_can_be_stopped_between_two(kernel, images):
    def stop_after_the_first(steps):
        yield steps[0]
        raise TimeoutError

    with pytest.raises(TimeoutError):
        kernel.explain(Question(), images, Knobs(chunk=1, track=stop_after_the_first))
