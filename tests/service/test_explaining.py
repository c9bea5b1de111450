"""What the front does around a worker: one refusal ends a batch, a misspelt option is told."""

import asyncio
import threading

import pytest

import service.explaining
from messaging.errors import QueueFullError
from tests.service.application import FakeLane, client_of, png

FILE = ("image.png", png(), "image/png")


class FullAfterTwo(FakeLane):
    """Takes two images, of which no worker ever hears, and refuses the third."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = self.given_up = 0

    async def ask(self, order, pixels, *, patience_seconds):
        self.asked += 1
        if self.asked == 3:
            raise QueueFullError(order.model, 2)
        try:
            await asyncio.sleep(patience_seconds)
        except asyncio.CancelledError:
            self.given_up += 1
            raise


@pytest.mark.parametrize("path", ["/predict", "/explain/gradcam", "/localize"])
async def test_a_batch_that_is_refused_waits_for_none_of_its_images(path):
    lane = FullAfterTwo()
    async with client_of(lane) as client:
        response = await client.post(path, files=[("image", FILE)] * 3)

    assert (response.status_code, response.json()["code"]) == (429, "queue_full")
    assert lane.given_up == 2


async def test_what_there_is_no_room_to_decode_is_refused_before_it_is_decoded(monkeypatch):
    lane = FakeLane()
    lane.max_waiting = 1
    is_decoding, may_end, decoded = threading.Event(), threading.Event(), []
    true_decode = service.explaining.decode_image

    def held_decode(content, **knobs):
        decoded.append(content)
        is_decoding.set()
        assert may_end.wait(30.0)
        return true_decode(content, **knobs)

    monkeypatch.setattr(service.explaining, "decode_image", held_decode)
    async with client_of(lane) as client:
        first = asyncio.create_task(client.post("/predict", files={"image": FILE}))
        await asyncio.to_thread(is_decoding.wait, 30.0)
        try:
            refused = await client.post("/predict", files={"image": FILE})
        finally:
            may_end.set()
        answered = await first

    assert (refused.status_code, refused.json()["code"]) == (429, "queue_full")
    assert "Retry-After" in refused.headers
    assert answered.status_code == 200
    assert len(decoded) == 1


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/predict", "model, top_k"),
        ("/explain/gradcam", "colormap, opacity"),
        ("/explain/occlusion", "patch_pixels, stride_pixels"),
        ("/explain/feature-maps", "layer, channels"),
        ("/localize", "foreground_quantile, background_quantile"),
    ],
)
async def test_an_option_that_is_not_there_is_told_which_ones_are(path, named):
    async with client_of() as client:
        response = await client.post(path, files={"image": FILE}, data={"colourmap": "jet"})

    (fault,) = response.json()["errors"]
    assert (response.status_code, fault["pointer"]) == (422, "/colourmap")
    assert fault["detail"].startswith("no such option; the options here are ")
    assert named in fault["detail"]


async def test_an_option_of_a_query_that_is_not_there_is_refused_in_the_same_words():
    async with client_of() as client:
        response = await client.get("/models/tiny/layers/last_maps/filters?tones=1")

    assert response.json()["errors"] == [{"pointer": "/tones", "detail": "no such option"}]
