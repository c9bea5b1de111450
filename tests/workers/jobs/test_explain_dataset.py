"""A dataset is explained as its images are one by one, and an interrupted shard goes on."""

import json
from io import BytesIO

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from api_schemas.dataset_explanations import DatasetStatistics, IndexedExplanation
from api_schemas.explain_dataset import ExplainDatasetParameters, dataset_estimate
from core.errors import LayerNotFoundError, LayerNotSpatialError
from core.measure.map_mass import mass_of
from core.models.logits import probabilities_of
from storage.folder_store import FolderStore
from tests.workers.jobs.fake_run import FakeRun, InterruptedForTestError
from tests.workers.jobs.photographs import dataset_of, hosted
from workers.jobs.errors import JobRefusedError
from workers.jobs.explain_dataset.dataset_files import maps_path, read_seen
from workers.jobs.explain_dataset.explaining import explain
from workers.jobs.explain_dataset.looking import look
from workers.jobs.explain_dataset.summing_up import sum_up
from workers.jobs.image_batches import read_batch
from workers.jobs.map_shards import unpack_maps
from workers.jobs.method_orders import order_of

RISE = {"method": "rise", "parameters": {"mask_count": 16, "grid_cells": 3}}
METHODS = ["gradcam", RISE, "gradient-times-input"]
BROKEN = (3, 11)
EACH = 10


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return hosted(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return dataset_of(FolderStore(tmp_path_factory.mktemp("data")), each=EACH, broken=BROKEN)


def order(dataset, **fields):
    return ExplainDatasetParameters.model_validate({"dataset": dataset.details.id} | fields)


@pytest.fixture(scope="module")
def explained(model, dataset, tmp_path_factory):
    """All stages of one job, with everything that can be asked for."""
    parameters = order(dataset, methods=METHODS, overlays=True)
    folder = tmp_path_factory.mktemp("job")
    run = FakeRun(folder)
    explain(parameters, model, dataset, 0, run)
    look(parameters, dataset, 0, FakeRun(folder))
    result = sum_up(parameters, dataset, FakeRun(folder), model="tiny", tasks=1)
    return parameters, run, result


def artifact(explained, path):
    return explained[1].files.read_artifact(path)


def index_of(explained):
    index = json.loads(artifact(explained, "index.json"))
    return index, [IndexedExplanation.model_validate(one) for one in index["images"]]


def test_every_map_is_that_of_its_image_alone(explained, model, dataset):
    parameters = explained[0]
    for key, wanted in zip(parameters.keys, parameters.methods, strict=True):
        kept = unpack_maps(artifact(explained, maps_path(key, 0)))
        kernel = model.kernel(
            order_of(wanted, model.classifier, layer=None, seed=0), max_images=8
        )
        for row in (0, 3, 17):
            number = kept.images[row]
            pixels = read_batch(dataset, model.classifier, np.array([number])).pixels
            alone = kernel(
                tf.constant(pixels), tf.constant([-1]), tf.constant([-1]), lambda steps: steps
            )
            expected = alone.maps[0].numpy()
            error = np.abs(kept.map(row) - expected).max()
            assert error <= 2e-3 * np.abs(expected).max() + 1e-9
            assert kept.targets[row] == alone.targets[0]


def test_damaged_files_are_left_out_and_named(explained, dataset):
    index, entries = index_of(explained)
    statistics = DatasetStatistics.model_validate_json(artifact(explained, "statistics.json"))

    read = [place for place in range(2 * EACH) if place not in BROKEN]
    assert [one.image for one in entries] == read
    assert index["methods"] == ["gradcam", "rise", "gradient-times-input"]
    assert (statistics.images, statistics.unread) == (len(read), len(BROKEN))
    assert statistics.unread_paths == [dataset[place].path for place in BROKEN]


def test_the_index_says_what_the_network_sees(explained, model, dataset):
    _, entries = index_of(explained)

    for entry in entries[::5]:
        pixels = read_batch(dataset, model.classifier, np.array([entry.image])).pixels
        logits = model.passes.predict(tf.constant(pixels))[1]
        probabilities = probabilities_of(logits, "softmax")[0].numpy()
        assert entry.predictions[0].index == probabilities.argmax()
        assert entry.predictions[0].probability == pytest.approx(probabilities.max(), rel=1e-4)
        assert entry.target.index == entry.predictions[0].index
        assert entry.path == dataset[entry.image].path
        assert entry.label == entry.path.split("/")[0]
        assert entry.label_class == ["cat", "dog"].index(entry.label)


def test_accuracy_is_counted_against_the_folders(explained):
    _, entries = index_of(explained)
    told = DatasetStatistics.model_validate_json(artifact(explained, "statistics.json"))

    correct = sum(one.predictions[0].label == one.label for one in entries)
    assert (told.accuracy.images, told.accuracy.correct) == (len(entries), correct)
    for label in told.accuracy.labels:
        own = [one for one in entries if one.label == label.label]
        right = sum(one.predictions[0].label == label.label for one in own)
        assert (label.images, label.correct) == (len(own), right)
    assert explained[2]["accuracy"] == pytest.approx(correct / len(entries))


def test_statistics_are_the_means_of_what_the_index_says(explained):
    _, entries = index_of(explained)
    told = DatasetStatistics.model_validate_json(artifact(explained, "statistics.json"))

    assert told.localized == sum(one.box is not None for one in entries) > 0
    for key, statistics in told.statistics.items():
        assert statistics.classes[0].index == -1
        for one in statistics.classes:
            own = [e for e in entries if one.index in (-1, e.target.index)]
            maps = [e.maps[key] for e in own if e.maps[key].half_mass_share is not None]
            boxed = [e for e in own if e.maps[key].outside_share is not None]
            assert (one.images, one.maps, one.boxes) == (len(own), len(maps), len(boxed))
            for name in ("outside_share", "off_object_share"):
                mean = np.mean([getattr(e.maps[key], name) for e in boxed])
                assert getattr(one, name) == pytest.approx(mean)
            areas = [1 - e.box.width * e.box.height for e in boxed]
            assert one.outside_area == pytest.approx(np.mean(areas))
            off = [1 - e.object_area for e in boxed]
            assert one.off_object_area == pytest.approx(np.mean(off))
            most = [e.maps[key].outside_share > 0.5 for e in boxed]
            assert one.mostly_outside == pytest.approx(np.mean(most))
            peaks = [e.maps[key].is_peak_outside for e in boxed]
            assert one.peak_outside == pytest.approx(np.mean(peaks))


def test_mean_maps_are_the_means_of_the_masses_of_each_class(explained):
    with np.load(BytesIO(artifact(explained, "mean_maps.npz")), allow_pickle=False) as means:
        for key in explained[0].keys:
            kept = unpack_maps(artifact(explained, maps_path(key, 0)))
            for place, index in enumerate(means[f"{key}-classes"]):
                rows = np.flatnonzero(kept.targets == index)
                masses = [mass_of(kept.map(row)) for row in rows]
                masses = [mass * mass.size for mass in masses if mass is not None]
                assert means[f"{key}-counts"][place] == len(masses)
                np.testing.assert_allclose(
                    means[key][place], np.mean(masses, axis=0), rtol=1e-3, atol=1e-5
                )
        assert means["pictures"].shape[1:] == (96, 96, 3)


def test_every_map_is_drawn_over_its_image_at_its_shape(explained):
    _, entries = index_of(explained)

    for key, found in entries[0].maps.items():
        drawn = Image.open(BytesIO(artifact(explained, found.overlay)))
        assert (drawn.format, drawn.size) == ("WEBP", (40, 30)), key
    picture = Image.open(BytesIO(artifact(explained, "mean_maps.png")))
    assert picture.width > 4 * 192


@pytest.mark.parametrize("stop_after", [1, 5, 12])
def test_an_interrupted_shard_goes_on_and_comes_to_the_same(
    explained, model, dataset, tmp_path, stop_after
):
    parameters, whole, _ = explained
    first = FakeRun(tmp_path, stop_after=stop_after)
    with pytest.raises(InterruptedForTestError):
        explain(parameters, model, dataset, 0, first)

    second = FakeRun(tmp_path, restored=first.stored)
    explain(parameters, model, dataset, 0, second)

    assert first.steps + second.steps == whole.steps
    for key in parameters.keys:
        path = maps_path(key, 0)
        assert second.files.read_artifact(path) == whole.files.read_artifact(path)
    one, other = read_seen(second.files, 0), read_seen(whole.files, 0)
    np.testing.assert_array_equal(one.probabilities, other.probabilities)
    np.testing.assert_array_equal(one.saliency.maps, other.saliency.maps)


def test_a_method_of_many_passes_goes_image_by_image_and_shows_its_passes(explained):
    whole = explained[1]

    of_rise = [step for step in whole.steps if step.kernel == 1]
    others = [step for step in whole.steps if step.kernel != 1]
    assert len(of_rise) == 2 * EACH
    # Three batches, for Grad-CAM, gradient times input, and the saliency that seeks objects.
    assert len(others) == 3 * 3
    assert whole.passes >= 2 * (2 * EACH - len(BROKEN))


def test_each_image_can_be_explained_for_the_class_of_its_folder(model, tmp_path):
    dataset = dataset_of(FolderStore(tmp_path / "data"), folders=("Dog", "mouse"), each=3)
    parameters = order(dataset, explain="label", localize=False)
    run = FakeRun(tmp_path / "job")

    explain(parameters, model, dataset, 0, run)
    look(parameters, dataset, 0, FakeRun(tmp_path / "job"))
    result = sum_up(parameters, dataset, FakeRun(tmp_path / "job"), model="tiny", tasks=1)

    kept = unpack_maps(run.files.read_artifact(maps_path("gradcam", 0)))
    assert kept.targets.tolist() == [1, 1, 1]
    assert (result["images"], result["unlabelled"], result["localized"]) == (3, 3, None)


def test_one_class_can_be_explained_in_every_image(model, dataset, tmp_path):
    run = FakeRun(tmp_path)
    explain(order(dataset, target="dog", samples=5), model, dataset, 0, run)

    kept = unpack_maps(run.files.read_artifact(maps_path("gradcam", 0)))
    assert set(kept.targets.tolist()) == {1}
    assert len(kept.images) <= 5


def test_the_sample_is_chosen_by_the_seed_alone(model, dataset, tmp_path):
    chosen = []
    for place, seed in enumerate([1, 1, 2]):
        run = FakeRun(tmp_path / str(place))
        explain(order(dataset, samples=6, seed=seed), model, dataset, 0, run)
        kept = unpack_maps(run.files.read_artifact(maps_path("gradcam", 0)))
        chosen.append(kept.images.tolist())

    assert chosen[0] == chosen[1] != chosen[2]


def test_a_shard_of_which_nothing_can_be_read_is_empty(model, tmp_path):
    dataset = dataset_of(FolderStore(tmp_path / "data"), each=2, broken=range(4))
    parameters = order(dataset)

    explain(parameters, model, dataset, 0, FakeRun(tmp_path / "job"))
    look(parameters, dataset, 0, FakeRun(tmp_path / "job"))
    result = sum_up(parameters, dataset, FakeRun(tmp_path / "job"), model="tiny", tasks=1)

    assert (result["images"], result["unread"], result["accuracy"]) == (0, 4, None)
    assert result["methods"]["gradcam"]["images"] == 0


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"target": "horse"}, JobRefusedError),
        ({"methods": ["grad-ram"]}, JobRefusedError),
        ({"methods": [{"method": "rise", "parameters": {"masks": 3}}]}, JobRefusedError),
        ({"methods": [{"method": "gradcam", "layer": "third"}]}, LayerNotFoundError),
        ({"methods": [{"method": "gradcam", "layer": "scores"}]}, LayerNotSpatialError),
    ],
    ids=["class", "method", "parameter", "layer", "layer without maps"],
)
def test_what_the_model_does_not_have_is_refused(model, dataset, tmp_path, fields, error):
    with pytest.raises(error):
        explain(order(dataset, **fields), model, dataset, 0, FakeRun(tmp_path))


def test_the_cost_counts_images_times_methods(dataset):
    told = dataset_estimate(order(dataset, methods=METHODS, samples=15), images=20)

    assert (told.images, told.explanations, told.long_explanations) == (15, 45, 15)
    assert told.localizations == 15
    assert dataset_estimate(order(dataset, localize=False), images=20).localizations == 0
