"""Two models are compared as slow formulas compare what each of them makes of the images."""

import json
from io import BytesIO

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image
from scipy.spatial.distance import jensenshannon
from scipy.stats import spearmanr

from api_schemas.compare_models import CompareModelsParameters, comparison_estimate
from api_schemas.model_comparison import ComparedImage, ModelComparison
from core.errors import LayerNotFoundError
from core.models.logits import probabilities_of
from storage.folder_store import FolderStore
from tests.workers.jobs.fake_run import FakeRun, InterruptedForTestError
from tests.workers.jobs.photographs import dataset_of, hosted
from workers.jobs.batch_steps import batch_steps
from workers.jobs.compare_models.comparing import compare
from workers.jobs.compare_models.showing import compiled_look, default_layers, show
from workers.jobs.compare_models.shown_files import ShownShard, in_common, read_shown
from workers.jobs.compare_models.sums import SharedClasses, compared_shard
from workers.jobs.errors import JobRefusedError
from workers.jobs.image_batches import read_batch
from workers.jobs.method_orders import order_of

EACH = 24
BROKEN = (2,)
LAYERS = ("first", "second")


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """Two networks; the second names its classes in another order, and has one more."""
    folder = tmp_path_factory.mktemp("models")
    return (
        hosted(folder, seed=7),
        hosted(folder, name="other", classes=("Dog", "mouse", "cat"), size=24, seed=11),
    )


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return dataset_of(FolderStore(tmp_path_factory.mktemp("data")), each=EACH, broken=BROKEN)


def order(dataset, **fields):
    return CompareModelsParameters.model_validate(
        {"dataset": dataset.details.id, "other_model": "other"} | fields
    )


def run_all(parameters, models, dataset, folder, tasks=2):
    for side, model in zip(("first", "second"), models, strict=True):
        for task in range(tasks):
            show(parameters, model, dataset, side, task, FakeRun(folder))
    run = FakeRun(folder)
    return run, compare(parameters, dataset, run, tasks=tasks)


@pytest.fixture(scope="module")
def compared(models, dataset, tmp_path_factory):
    folder = tmp_path_factory.mktemp("job")
    parameters = order(dataset, layers=LAYERS, other_layers=LAYERS, listed=3)
    run, result = run_all(parameters, models, dataset, folder)
    comparison = ModelComparison.model_validate_json(run.files.read_artifact("comparison.json"))
    return run, comparison, result


def images_of(compared):
    listed = json.loads(compared[0].files.read_artifact("images.json"))
    return [ComparedImage.model_validate(one) for one in listed["images"]]


@pytest.fixture(scope="module")
def seen(models, dataset):
    """What each model makes of each image, found one image at a time."""
    numbers = [place for place in range(2 * EACH) if place not in BROKEN]
    found = []
    for model in models:
        look = compiled_look(model.classifier, LAYERS)
        kernel = model.kernel(
            order_of(order(dataset).method, model.classifier, layer=None, seed=0), max_images=8
        )
        rows = []
        for number in numbers:
            pixels = tf.constant(
                read_batch(dataset, model.classifier, np.array([number])).pixels
            )
            nothing = tf.constant([-1])
            explained = kernel(pixels, nothing, nothing, lambda steps: steps)
            probabilities = probabilities_of(explained.logits, "softmax")[0].numpy()
            features = [one[0].numpy() for one in look(pixels)[1:]]
            rows.append((probabilities, explained.maps[0].numpy(), features))
        found.append(rows)
    return numbers, *found


def test_every_image_has_both_models_labels(compared, seen, models):
    numbers, first, second = seen

    listed = images_of(compared)

    assert [one.image for one in listed] == numbers
    for one, ours, theirs in zip(listed, first, second, strict=True):
        assert one.first.index == ours[0].argmax()
        assert one.second.index == theirs[0].argmax()
        assert one.first.probability == pytest.approx(ours[0].max(), rel=1e-4)
        same = one.first.label.casefold() == one.second.label.casefold()
        assert one.is_same_label == same


def test_divergence_is_over_the_classes_that_both_have(compared, seen):
    _, first, second = seen

    for one, ours, theirs in zip(images_of(compared), first, second, strict=True):
        # The second model has dog first, then mouse, then cat.
        shared = theirs[0][[2, 0]]
        expected = jensenshannon(ours[0], shared / shared.sum(), base=2) ** 2
        assert one.divergence == pytest.approx(expected, abs=1e-5)


def averaged(map_, shape):
    """Average blocks of an 8 x 8 map to 6 x 6 as areas overlap, slowly."""
    fine = np.kron(map_, np.ones((shape[0], shape[1])))
    rows, columns = fine.shape[0] // shape[0], fine.shape[1] // shape[1]
    return fine.reshape(shape[0], rows, shape[1], columns).mean(axis=(1, 3))


def test_maps_are_compared_on_the_grid_of_the_coarser_one(compared, seen):
    _, first, second = seen

    for one, ours, theirs in zip(images_of(compared), first, second, strict=True):
        coarse = averaged(ours[1], theirs[1].shape).ravel()
        other = theirs[1].ravel().astype(float)
        assert one.rank_correlation == pytest.approx(spearmanr(coarse, other)[0], abs=5e-3)
        cosine = coarse @ other / np.linalg.norm(coarse) / np.linalg.norm(other)
        assert one.cosine == pytest.approx(cosine, abs=1e-3)


def slow_cka(first, second):
    """Unbiased CKA of features [n, D] by the U-centred matrices of Szekely and Rizzo (2014)."""

    def centred(features):
        gram = features.astype(float) @ features.T.astype(float)
        np.fill_diagonal(gram, 0.0)
        count = len(gram)
        sums = gram.sum(axis=0)
        centred = (
            gram
            - sums[:, np.newaxis] / (count - 2)
            - sums / (count - 2)
            + gram.sum() / ((count - 1) * (count - 2))
        )
        np.fill_diagonal(centred, 0.0)
        return centred

    one, other = centred(first), centred(second)
    return np.sum(one * other), np.sum(one * one), np.sum(other * other)


def test_layers_are_alike_as_the_slow_formula_says(compared, seen):
    numbers, first, second = seen
    told = compared[1].layers

    assert (told.first, told.second) == (list(LAYERS), list(LAYERS))
    # The shard of the last 16 images has half as many as a full one: it counts.
    batches = [
        [row for row, number in enumerate(numbers) if number // 32 == task] for task in (0, 1)
    ]
    assert told.batches == len(batches)
    for i in range(2):
        for j in range(2):
            sums = np.zeros(3)
            for rows in batches:
                one = np.array([first[row][2][i].ravel() for row in rows])
                other = np.array([second[row][2][j].ravel() for row in rows])
                count = len(rows)
                sums += np.array(slow_cka(one, other)) / (count * (count - 3))
            expected = sums[0] / np.sqrt(sums[1] * sums[2])
            assert told.cka[i][j] == pytest.approx(expected, abs=1e-3)
    picture = Image.open(BytesIO(compared[0].files.read_artifact("layers.png")))
    assert picture.height > 2 * 56


def test_agreement_and_confusion_count_the_images(compared):
    listed, told = images_of(compared), compared[1].predictions

    assert told.same_label == sum(one.is_same_label for one in listed)
    assert told.agreement == pytest.approx(told.same_label / len(listed))
    pairs = [(one.first.label, one.second.label) for one in listed]
    assert {(one.first, one.second): one.images for one in told.confusion} == {
        pair: pairs.count(pair) for pair in set(pairs)
    }
    counts = [one.images for one in told.confusion]
    assert counts == sorted(counts, reverse=True)
    assert compared[1].images + compared[1].unread == 2 * EACH


def test_accuracy_counts_folders_called_after_a_class_of_both(compared):
    listed, comparison = images_of(compared), compared[1]

    first = [one.first.label == one.label for one in listed]
    second = [one.second.label.casefold() == one.label for one in listed]
    told = comparison.predictions
    pairs = list(zip(first, second, strict=True))
    assert comparison.first.correct == sum(first)
    assert comparison.second.correct == sum(second)
    assert comparison.first.labelled == comparison.second.labelled == len(listed)
    assert told.both_correct == pairs.count((True, True))
    assert told.only_first_correct == sum(first) - told.both_correct
    assert told.only_second_correct == sum(second) - told.both_correct
    assert told.neither_correct == pairs.count((False, False))


def test_images_of_one_label_are_ranked_by_how_little_their_maps_agree(compared):
    run, comparison, _ = compared
    listed = [one for one in images_of(compared) if one.is_same_label]

    expected = sorted(listed, key=lambda one: one.rank_correlation)
    found = comparison.differing
    assert [one.rank_correlation for one in found] == pytest.approx(
        [one.rank_correlation for one in expected][:100]
    )
    assert [one.rank for one in found] == list(range(1, len(found) + 1))
    assert [one.picture is not None for one in found] == [one.rank <= 3 for one in found]
    drawn = Image.open(BytesIO(run.files.read_artifact(found[0].picture)))
    assert drawn.size == (3 * 40, 30)
    assert Image.open(BytesIO(run.files.read_artifact("differences.png"))).width > 3 * 40


def test_a_model_agrees_with_its_twin_in_everything(models, dataset, tmp_path):
    twins = models[0], models[0]
    run, result = run_all(order(dataset, samples=20), twins, dataset, tmp_path, tasks=1)

    assert (result["agreement"], result["divergence"]) == (1.0, pytest.approx(0.0, abs=1e-9))
    assert result["map_rank_correlation"] == pytest.approx(1.0)
    told = ModelComparison.model_validate_json(run.files.read_artifact("comparison.json"))
    assert np.diag(told.layers.cka) == pytest.approx([1.0] * len(told.layers.first))


def test_by_default_the_last_layer_of_each_size_of_map_is_compared(models):
    classifier = models[0].classifier

    chosen = default_layers(classifier)

    sizes = [classifier.layers[name].output_shape[:2] for name in chosen]
    assert sizes == [(16, 16), (8, 8)]
    later = list(classifier.layers)[list(classifier.layers).index(chosen[-1]) + 1 :]
    assert not any(classifier.layers[name].is_explainable for name in later)


def test_too_few_images_have_labels_and_maps_but_no_similarity(models, tmp_path):
    dataset = dataset_of(FolderStore(tmp_path / "data"), each=1)

    run, result = run_all(order(dataset), models, dataset, tmp_path / "job", tasks=1)

    told = ModelComparison.model_validate_json(run.files.read_artifact("comparison.json"))
    assert (result["images"], told.layers.cka, told.layers.picture) == (2, None, None)


def test_nothing_that_can_be_read_comes_to_nothing(models, tmp_path):
    dataset = dataset_of(FolderStore(tmp_path / "data"), each=1, broken=range(2))

    _, result = run_all(order(dataset), models, dataset, tmp_path / "job", tasks=1)

    assert (result["images"], result["unread"], result["agreement"]) == (0, 2, 0.0)
    assert result["map_rank_correlation"] is None


def test_images_that_only_one_model_was_shown_do_not_count():
    numbers = np.random.default_rng(0)

    def shard(images):
        count = len(images)
        return ShownShard(
            np.array(images),
            numbers.dirichlet([1, 1], count),
            numbers.normal(size=(count, 2, 2)),
            numbers.normal(size=(1, count, count)),
        )

    first, second = shard([1, 4, 6, 9]), shard([4, 5, 9])
    one, other = in_common(first, second)

    assert one.images.tolist() == other.images.tolist() == [4, 9]
    np.testing.assert_array_equal(one.maps, first.maps[[1, 3]])
    np.testing.assert_array_equal(one.grams[0], first.grams[0][[1, 3]][:, [1, 3]])
    np.testing.assert_array_equal(other.probabilities, second.probabilities[[0, 2]])


def test_maps_that_tell_no_places_apart_are_not_ranked():
    flat = np.ones((3, 2, 2), np.float32)
    telling = np.arange(12, dtype=np.float32).reshape(3, 2, 2)
    telling[2, 0, 0] = np.nan
    probabilities = np.tile([0.7, 0.3], (3, 1))
    grams = np.zeros((0, 3, 3))

    found = compared_shard(
        ShownShard(np.arange(3), probabilities, np.concatenate([flat[:1], telling[1:]]), grams),
        ShownShard(np.arange(3), probabilities, np.arange(12.0).reshape(3, 2, 2), grams),
        SharedClasses.of(["cat", "dog"], ["cat", "dog"]),
    )

    assert np.isnan(found.correlations).tolist() == [True, False, True]
    assert np.isnan(found.cosines).tolist() == [True, False, True]


def test_models_without_a_common_class_are_refused(models, dataset, tmp_path_factory):
    stranger = hosted(tmp_path_factory.mktemp("models"), name="zoo", classes=("owl", "lion"))

    with pytest.raises(JobRefusedError, match="no class in common") as refusal:
        run_all(
            order(dataset, samples=4),
            (models[0], stranger),
            dataset,
            tmp_path_factory.mktemp("job"),
            tasks=1,
        )
    assert refusal.value.code == "classes_not_shared"


def test_a_layer_that_the_other_model_lacks_is_refused(models, dataset, tmp_path):
    parameters = order(dataset, other_layers=["third"])

    with pytest.raises(LayerNotFoundError):
        show(parameters, models[1], dataset, "second", 0, FakeRun(tmp_path))


def test_a_shard_can_be_interrupted_and_made_again(models, dataset, tmp_path):
    parameters = order(dataset, samples=10)
    with pytest.raises(InterruptedForTestError):
        show(parameters, models[0], dataset, "first", 0, FakeRun(tmp_path, stop_after=2))

    show(parameters, models[0], dataset, "first", 0, FakeRun(tmp_path))

    assert len(read_shown(FakeRun(tmp_path).files, "first", 0).images) <= 10


def test_steps_cover_every_image_once_for_every_kernel():
    batches = [np.arange(8), np.arange(8, 11)]

    steps = batch_steps(batches, [False, True])

    for kernel in (0, 1):
        seen = [batches[step.batch][step.rows] for step in steps if step.kernel == kernel]
        assert np.concatenate(seen).tolist() == list(range(11))
    assert [step.batch for step in steps] == sorted(step.batch for step in steps)


def test_the_cost_counts_both_models(dataset):
    told = comparison_estimate(order(dataset, samples=5), images=48)

    assert (told.images, told.explanations, told.passes) == (5, 10, 10)
