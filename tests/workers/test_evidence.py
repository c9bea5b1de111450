"""Good maps are told from maps that know nothing, and the network is left as it was."""

from itertools import count

import numpy as np
import pytest
import tensorflow as tf

from api_schemas.explanations import NO_CLASS, ExplanationOrder
from api_schemas.methods import METHODS, options_of
from core.progress import untracked
from service.resolving import method_parameters
from tests.workers.planted_network import (
    CELL,
    GREEN,
    RED,
    SIDE,
    SQUARE,
    planted_model,
    planted_pixels,
)
from workers.evidence import MapMeasuring, explain_with_evidence, map_evidence
from workers.explained import Explained
from workers.measured_batch import MeasuredBatch

PIXELS = planted_pixels()
MAX_IMAGES = 8


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return planted_model(tmp_path_factory.mktemp("models"))


def order_of(method: str, seed: int = 0) -> ExplanationOrder:
    return ExplanationOrder(
        model="planted",
        method=method,
        layer="maps" if METHODS[method].uses_layer else None,
        seed=seed,
        parameters=method_parameters(METHODS[method], options_of(METHODS[method])()),
        evidence=True,
    )


def explained(
    model, method="gradcam", *, pixels=(PIXELS,), seed=0, versus=NO_CLASS, track=untracked
):
    explain = explain_with_evidence(model, order_of(method, seed), max_images=MAX_IMAGES)
    classes = [tf.fill(len(pixels), one) for one in (RED, versus)]
    return explain(tf.constant(np.stack(pixels)), *classes, track)


def measured(model, method="gradcam", **options):
    return explained(model, method, **options).evidence[0]


def measured_map(model, kernel_map, *, order=None):
    """Measure a method that says the same of every network."""
    batch = MeasuredBatch(
        passes=model.passes,
        pixels=tf.constant(PIXELS[np.newaxis]),
        targets=tf.constant([RED]),
        versus=tf.constant([NO_CLASS]),
        seed=0,
        max_images=MAX_IMAGES,
        track=untracked,
    )
    maps = tf.constant(kernel_map, tf.float32)[tf.newaxis]

    def kernel(*_):
        return Explained(logits=None, targets=None, maps=maps)

    return MapMeasuring(batch).evidence(order or order_of("gradcam"), kernel, maps)[0]


def codes(evidence):
    return {reason.code: reason.speaks_for for reason in evidence.reasons}


def weights_of(model):
    return [weight.numpy().tobytes() for weight in model.classifier.network.weights]


def test_a_map_that_marks_what_the_network_looks_at_is_supported(model):
    result = explained(model)

    evidence = result.evidence[0]
    place = np.unravel_index(np.argmax(result.maps[0]), result.maps.shape[1:])
    assert all(
        part.start <= CELL * index < part.stop
        for part, index in zip(SQUARE, place, strict=True)
    )
    assert evidence.verdict == "supported"
    assert codes(evidence) == {
        "depends_on_the_weights": True,
        "insertion_better_than_random": True,
        "deletion_better_than_random": True,
        "marked_part_keeps_the_score": True,
        "stable_under_noise": True,
    }


@pytest.mark.parametrize("seed", range(3))
def test_a_random_map_is_found_out(model, seed):
    cells = SIDE // CELL
    evidence = measured_map(model, np.random.default_rng(seed).uniform(0, 1, (cells, cells)))

    # It stays the same whatever the weights are.
    assert evidence.verdict == "unsupported"
    assert evidence.randomized_similarity == pytest.approx(1.0)


@pytest.mark.parametrize("value", [0.0, 1.0, -2.0])
def test_a_constant_map_is_as_good_as_a_random_one(model, value):
    evidence = measured_map(model, np.full((6, 6), value))

    assert evidence.verdict == "unsupported"
    assert evidence.insertion == evidence.random_insertion
    assert evidence.deletion == evidence.random_deletion


def test_a_map_of_what_is_no_number_is_not_supported(model):
    assert measured_map(model, np.full((6, 6), np.nan)).verdict == "unsupported"


def test_the_reverse_of_a_good_map_is_worse_than_random(model):
    good = explained(model).maps[0]

    evidence = measured_map(model, -good)

    assert evidence.insertion < evidence.random_insertion
    assert evidence.deletion > evidence.random_deletion


def test_contributions_along_a_path_are_held_against_the_score(model):
    # Between two kinks of the only rectifiers the integral of a linear score is exact.
    assert measured(model, "integrated-gradients").completeness_gap < 0.05
    assert measured(model, "blur-ig").completeness_gap < 0.05
    assert measured(model, "gradcam").completeness_gap is None


def test_contributions_that_leave_a_score_open_are_told(model):
    half = explained(model, "integrated-gradients").maps[0] / 2

    evidence = measured_map(model, half, order=order_of("integrated-gradients"))

    assert evidence.completeness_gap == pytest.approx(0.5, abs=0.03)
    assert codes(evidence)["does_not_add_up_to_the_score"] is False


def test_maps_of_single_pixels_and_of_two_classes_have_no_drop(model):
    assert measured(model, "saliency").score_drop is None
    assert measured(model, versus=GREEN).score_drop is None
    assert measured(model).score_drop is not None


def test_the_network_has_its_weights_back_even_if_the_method_fails(model):
    before = weights_of(model)
    calls = count()

    class MethodFailedError(Exception):
        pass

    def failing(*_):
        if next(calls) == 2:
            # The first two calls are about noise; this one finds other weights in place.
            assert weights_of(model) != before
            raise MethodFailedError
        return Explained(logits=None, targets=None, maps=tf.zeros((1, 6, 6)))

    batch = MeasuredBatch(
        passes=model.passes,
        pixels=tf.constant(PIXELS[np.newaxis]),
        targets=tf.constant([RED]),
        versus=tf.constant([NO_CLASS]),
        seed=0,
        max_images=MAX_IMAGES,
        track=untracked,
    )
    with pytest.raises(MethodFailedError):
        MapMeasuring(batch).evidence(order_of("gradcam"), failing, tf.zeros((1, 6, 6)))

    assert weights_of(model) == before


def test_whoever_computes_between_two_steps_finds_the_network_as_it_is(model):
    trained, seen = weights_of(model), []

    def track(steps):
        for step in steps:
            seen.append(weights_of(model))
            yield step

    measured(model, "integrated-gradients", track=track)

    assert len(seen) > 20
    assert all(weights == trained for weights in seen)


def test_evidence_is_the_same_alone_after_others_and_in_company(model):
    alone = measured(model)
    measured(model, "saliency", pixels=[planted_pixels(5)], seed=3)
    again = measured(model)
    others = [planted_pixels(6), PIXELS]
    in_company = explained(model, pixels=others).evidence[1]

    assert again == alone
    for name, number in alone.model_dump(exclude={"verdict", "reasons"}).items():
        assert getattr(in_company, name) == pytest.approx(number, abs=1e-4), name


def test_the_seed_decides_what_is_random(model):
    first, other = (measured(model, seed=seed) for seed in (0, 1))

    assert measured(model, seed=1) == other
    assert first.random_insertion != other.random_insertion
    assert first.insertion == pytest.approx(other.insertion, abs=0.05)


def test_what_could_not_be_measured_is_left_out():
    evidence = map_evidence({"noise_stability": float("nan"), "completeness_gap": float("inf")})

    assert (evidence.verdict, evidence.reasons) == ("untested", ())
    assert evidence.completeness_gap is None
