"""What a network sees of a photograph: whole and stretched, or a random part."""

import numpy as np
import pytest
from PIL import Image

from training.batches import augmented_batches, prefetched, stretched_batches
from training.errors import DamagedImageError
from training.pixels import CropRange, photograph, random_crop, stretched

CROPS = CropRange(smallest_area=0.3, widest_aspect=1.33)


def test_the_whole_photograph_is_stretched_to_the_square():
    left_black_right_white = np.zeros((10, 40, 3), np.uint8)
    left_black_right_white[:, 20:] = 255

    square = stretched(Image.fromarray(left_black_right_white), (8, 8))

    assert square.shape == (8, 8, 3)
    assert square[:, :3].max() == 0
    assert square[:, 5:].min() == 255


def test_a_photograph_on_its_side_is_put_upright(tmp_path):
    sideways = Image.new("RGB", (30, 20))
    exif = sideways.getexif()
    exif[0x0112] = 6  # orientation: turn by 90 degrees
    sideways.save(tmp_path / "sideways.jpg", exif=exif)

    assert photograph(tmp_path / "sideways.jpg").size == (20, 30)


def test_a_photograph_cut_short_is_refused_by_name(tmp_path):
    path = tmp_path / "short.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[:4000])

    with pytest.raises(DamagedImageError, match=r"short\.png is damaged"):
        photograph(path)


def test_transparent_parts_of_a_photograph_are_white(tmp_path):
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(tmp_path / "clear.png")

    assert np.asarray(photograph(tmp_path / "clear.png")).min() == 255


@pytest.mark.parametrize("seed", range(5), ids=str)
def test_a_random_crop_covers_at_least_the_smallest_area(seed):
    ramp = np.broadcast_to(np.linspace(0, 255, 200)[:, None], (200, 200))
    image = Image.fromarray(np.stack([ramp, ramp.T, ramp], axis=-1).astype(np.uint8))

    crop = random_crop(
        image, (64, 64), crops=CROPS, generator=np.random.default_rng(seed)
    ).astype(float)

    height = np.ptp(crop[..., 0]) / 255
    width = np.ptp(crop[..., 1]) / 255
    assert height * width > 0.28


def test_the_same_generator_state_gives_the_same_crop():
    image = Image.fromarray(np.random.default_rng(0).integers(0, 255, (50, 60, 3), np.uint8))

    first, again, other = (
        random_crop(image, (16, 16), crops=CROPS, generator=np.random.default_rng(seed))
        for seed in (1, 1, 2)
    )

    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_stretched_batches_keep_the_order_of_images(images):
    batches = list(stretched_batches(images, size=(8, 8), batch_images=8))

    assert [len(batch.labels) for batch in batches] == [8, 8, 4]
    assert np.concatenate([batch.labels for batch in batches]).tolist() == list(images.labels)


def test_an_epoch_can_be_repeated_and_differs_from_the_next(images):
    def epoch(number):
        batches = augmented_batches(
            images, size=(8, 8), batch_images=8, crops=CROPS, seed=5, epoch=number
        )
        return np.concatenate([batch.pixels for batch in batches])

    np.testing.assert_array_equal(epoch(1), epoch(1))
    assert not np.array_equal(epoch(1), epoch(2))


def test_what_is_made_ahead_comes_in_order():
    assert list(prefetched(lambda index: index**2, 20)) == [index**2 for index in range(20)]


def test_an_error_made_ahead_reaches_the_caller():
    def fail(index):
        raise OSError(index)

    with pytest.raises(OSError, match="0"):
        list(prefetched(fail, 3))
