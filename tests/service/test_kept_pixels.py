"""Images wait in bounded memory, and look the same whether they were kept or decoded anew."""

import weakref

import numpy as np
import pytest

from core.images.decode import decode_image
from service.kept_pixels import KeptPixels
from tests.service.application import FakeLane, client_of, png, reply

PICTURES = [("image", (f"{side}.png", png(side, 2 * side))) for side in (20, 30, 40)]


def image(pixels: int) -> np.ndarray:
    return np.zeros((1, pixels, 3), np.uint8)


def test_what_has_room_is_kept_and_what_has_none_is_not():
    kept = KeptPixels(max_pixels=10)
    first, second, third = image(6), image(5), image(4)

    assert [kept.keep(one) for one in (first, second, third)] == [True, False, True]


def test_an_image_that_nobody_holds_any_longer_makes_room():
    kept = KeptPixels(max_pixels=10)
    first, second = image(10), image(10)
    assert kept.keep(first)
    assert not kept.keep(second)

    del first

    assert kept.keep(second)
    assert not kept.keep(image(1))


async def explained(path: str, lane: FakeLane) -> dict:
    async with client_of(lane) as client:
        response = await client.post(path, files=PICTURES)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.fixture
def decoded(monkeypatch) -> list[weakref.ref]:
    """Note every image that is decoded, without keeping it."""
    noted = []

    def noting(file: bytes, *, max_pixels: int) -> np.ndarray:
        pixels = decode_image(file, max_pixels=max_pixels)
        noted.append(weakref.ref(pixels))
        return pixels

    monkeypatch.setattr("service.explaining.decode_image", noting)
    return noted


@pytest.mark.parametrize("path", ["/explain/gradcam", "/explain/saliency"])
async def test_images_beyond_the_room_wait_as_files_and_are_drawn_alike(
    monkeypatch, decoded, path
):
    in_memory = []

    def count_while_waiting(order):
        in_memory.append(sum(one() is not None for one in decoded))
        return reply(order)

    kept = await explained(path, FakeLane(count_while_waiting))
    monkeypatch.setattr("service.explaining.MAX_KEPT_PIXELS", 20 * 40)
    decoded.clear()
    not_kept = await explained(path, FakeLane(count_while_waiting))

    assert in_memory == [3, 3, 3, 1, 1, 1]
    assert not_kept == kept
