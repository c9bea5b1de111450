"""Strongest images of a network that looks for red: those that are reddest, and where."""

import io

import numpy as np
import pytest
from PIL import Image

from api_schemas.strongest_images import StrongestImages
from storage.folder_store import FolderStore
from tests.workers.jobs.fake_run import FakeRun, InterruptedForTestError
from tests.workers.jobs.staged import carried_out, registered
from tests.workers.planted_network import CELL, CHANNELS, GREEN, RED, SIDE, planted_model
from workers.jobs.errors import JobRefusedError
from workers.jobs.stages import JobOrder
from workers.jobs.strongest_images.stages import StrongestImagesStages

REDS = (90, 250, 170, 210, 130)
"""Of the square in each image: the more, the redder."""
BY_REDNESS = [1, 3, 2, 4, 0]
CORNERS = ((0, 0), (8, 4), (16, 20), (4, 12), (20, 8))
"""Row and column in pixels of the square of one cell in each image."""


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return planted_model(tmp_path_factory.mktemp("models"))


def photographs() -> dict[str, np.ndarray]:
    images = {}
    for number, (red, (row, column)) in enumerate(zip(REDS, CORNERS, strict=True)):
        pixels = np.full((SIDE, SIDE, 3), 60, np.uint8)
        pixels[row : row + CELL, column : column + CELL, RED] = red
        images[f"{number}.png"] = pixels
    return images


class Workshop:
    """A store with the images, and the stages in this process alone."""

    def __init__(self, model, folder):
        self.folder, self.photographs = folder / "store", folder / "photographs"
        self.store = FolderStore(self.folder)
        self.dataset = registered(self.store, self.photographs, photographs())
        self.stages = StrongestImagesStages(lambda _: model, self.store).stages()

    def made(self, **params):
        run, result = carried_out(self.stages, self.folder, {"dataset": self.dataset} | params)
        return run, result, document_of(run)


def document_of(run) -> StrongestImages:
    return StrongestImages.model_validate_json(run.files.read_artifact("strongest.json"))


@pytest.fixture
def workshop(model, tmp_path):
    return Workshop(model, tmp_path)


def test_the_reddest_images_are_those_of_the_channel_for_red(workshop):
    _, _, found = workshop.made(images_each=4)

    images = found.channels[RED].images
    # The others are not red enough for the channel: it is silent there.
    assert [image.path for image in images] == [f"{n}.png" for n in BY_REDNESS[:3]]
    assert [image.value for image in images] == sorted(
        (image.value for image in images), reverse=True
    )


def test_the_place_is_where_the_red_square_lies(workshop):
    _, _, found = workshop.made()

    for image in found.channels[RED].images:
        row, column = CORNERS[int(image.path.removesuffix(".png"))]
        assert image.x == pytest.approx((column + CELL / 2) / SIDE)
        assert image.y == pytest.approx((row + CELL / 2) / SIDE)


def test_a_channel_that_is_silent_in_all_images_has_none(workshop):
    _, result, found = workshop.made()

    assert found.channels[GREEN].images == ()
    assert result["silent_channels"] == sum(not one.images for one in found.channels) >= 1


def test_shards_come_to_the_same_as_one_look_at_all(workshop, monkeypatch):
    _, _, at_once = workshop.made()
    for module in ("scanning", "stages"):
        monkeypatch.setattr(f"workers.jobs.strongest_images.{module}.SHARD_IMAGES", 2)

    _, result, in_shards = workshop.made()

    assert in_shards == at_once
    assert (result["images"], result["channels"]) == (len(REDS), CHANNELS)


def test_thumbnails_show_the_images_as_the_network_sees_them(workshop):
    run, result, found = workshop.made(thumbnail_size=48)

    shown = {image.thumbnail for one in found.channels for image in one.images}
    artifacts = {artifact.path for artifact in run.files.list_artifacts()}
    assert artifacts == shown | {"strongest.json"}
    assert result["thumbnails"] == len(shown)
    reddest = found.channels[RED].images[0]
    thumbnail = Image.open(io.BytesIO(run.files.read_artifact(reddest.thumbnail)))
    assert thumbnail.size == (48, 48)
    red = np.asarray(thumbnail.convert("RGB")).astype(int)
    at = red[int(reddest.y * 48), int(reddest.x * 48)]
    assert at[0] - at[1:].max() > 60


def test_files_that_are_no_images_are_counted_and_left_out(workshop):
    (workshop.photographs / "1.png").write_bytes(b"no picture")

    _, result, found = workshop.made()

    assert (result["images"], result["unread"]) == (len(REDS), 1)
    assert found.channels[RED].images[0].path == "3.png"


def test_a_task_that_was_interrupted_is_done_again_to_the_same_end(workshop):
    whole = workshop.made()[2]
    for step in (0, 1):
        with pytest.raises(InterruptedForTestError):
            carried_out_until(workshop, step)

        again, _ = carried_out(workshop.stages, workshop.folder, {"dataset": workshop.dataset})

        assert document_of(again) == whole


def carried_out_until(workshop, stage):
    run = FakeRun(workshop.folder, stop_after=0)
    order = JobOrder(run.job_id, "planted", {"dataset": workshop.dataset})
    workshop.stages[stage].carry_out(order, 0, run)


def test_a_dataset_that_is_gone_refuses_the_job(workshop):
    with pytest.raises(JobRefusedError):
        workshop.made(dataset="gone")
