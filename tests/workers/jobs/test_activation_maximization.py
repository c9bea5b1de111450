"""The job kind from parameters to files: what it makes, resumes, refuses; one trace will do."""

import base64
import json
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from api_schemas.activation_maximization import ActivationMaximizationParameters
from core.errors import (
    ImageUndecodableError,
    LayerNotFoundError,
    SizeUnsupportedError,
    UnitNotFoundError,
)
from core.models.load import load_classifier
from core.render.encode import encode_png
from tests.tiny_model import write_tiny_model
from tests.workers.jobs.fake_run import FakeRun, InterruptedForTestError
from workers.jobs.activation_maximization import activation_maximization
from workers.jobs.picture_batches import divided
from workers.jobs.wanted import wanted_of
from workers.model_pool import HostedModel

IMAGE = base64.b64encode(
    encode_png(np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8))
).decode()


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = write_tiny_model(tmp_path_factory.mktemp("models"))
    return HostedModel(load_classifier(folder), max_compiled_kernels=32)


def made(model, folder, run=None, **parameters):
    run = run or FakeRun(folder)
    chosen = ActivationMaximizationParameters.model_validate({"steps": 4} | parameters)
    return run, activation_maximization(chosen, model, run)


OBJECTIVES = {
    "channel": {"kind": "channel", "channel": 3},
    "its opposite": {"kind": "channel", "channel": 3, "negative": True},
    "neuron": {"kind": "neuron", "channel": 3, "row": 1, "column": 2},
    "layer": {"kind": "layer"},
    "logit by label": {"kind": "logit", "target": "dog"},
    "logit by index": {"kind": "logit", "target": 1},
    "direction": {"kind": "direction", "vector": [1.0] * 8, "row": 0},
    "caricature": {"kind": "caricature", "image": IMAGE},
    "inversion": {"kind": "inversion", "image": IMAGE},
    "difference": {
        "kind": "sum",
        "terms": [
            {"of": {"kind": "logit", "target": "cat"}},
            {"weight": -0.5, "of": {"kind": "channel", "channel": 0}},
        ],
    },
}


@pytest.mark.parametrize("objective", OBJECTIVES.values(), ids=OBJECTIVES)
def test_every_objective_gives_a_picture_of_the_models_size(objective, model, tmp_path):
    run, result = made(model, tmp_path, objective=objective)

    (picture,) = result["pictures"]
    assert run.picture(picture["path"]).shape == (32, 32, 3)
    assert np.isfinite([picture["start"], picture["end"]]).all()


def test_nothing_but_a_layer_gives_nine_random_channels(model, tmp_path):
    run, result = made(model, tmp_path, layer="second", channels="random:5")

    assert len({picture["objective"] for picture in result["pictures"]}) == 5
    assert result["layers"] == ["second"]
    paths = {artifact.path for artifact in run.files.list_artifacts()}
    assert paths == {
        "grid.png",
        "loss.json",
        *(picture["path"] for picture in result["pictures"]),
    }


def test_the_loss_file_holds_every_step_of_every_picture(model, tmp_path):
    run, result = made(model, tmp_path, channels="0-2", steps=5)

    loss = json.loads(run.files.read_artifact("loss.json"))
    assert [picture["objective"] for picture in loss["pictures"]] == [
        picture["objective"] for picture in result["pictures"]
    ]
    assert [len(picture["scores"]) for picture in loss["pictures"]] == [5] * 3


def test_snapshots_are_kept_from_the_first_noise_to_the_end(model, tmp_path):
    run, result = made(model, tmp_path, channels="2", snapshots=[0, 2, 4])

    begun, halfway, end = (run.picture(f"snapshots/{step:04d}/000.png") for step in (0, 2, 4))
    assert np.abs(begun.astype(int) - 128).max() < 60
    assert not np.array_equal(begun, halfway)
    np.testing.assert_array_equal(end, run.picture(result["pictures"][0]["path"]))


@pytest.mark.parametrize("stop_after", [0, 1, 3, 4, 6, 8, 11], ids=str)
def test_a_job_that_was_interrupted_ends_as_if_it_had_not_been(stop_after, model, tmp_path):
    # Two kinds of objectives make two batches of six steps each.
    asked = {"objective": [OBJECTIVES["channel"], OBJECTIVES["layer"]], "steps": 6}
    whole, expected = made(model, tmp_path / "whole", **asked)
    broken = FakeRun(tmp_path / "broken", stop_after=stop_after)
    with pytest.raises(InterruptedForTestError):
        made(model, None, run=broken, **asked)

    resumed = FakeRun(tmp_path / "broken", restored=broken.stored)
    _, result = made(model, None, run=resumed, **asked)

    assert result == expected
    assert [*broken.steps, *resumed.steps] == whole.steps
    for path in ("grid.png", "loss.json", "pictures/000.png", "pictures/001.png"):
        assert resumed.files.read_artifact(path) == whole.files.read_artifact(path)


def test_jobs_for_other_units_seeds_and_steps_trace_nothing_anew(model, tmp_path):
    made(model, tmp_path / "first", channels="0,1", seed=3)
    (compiled,) = [
        kept.content
        for key, kept in model._compiled.items()
        if key.startswith("activation-maximization") and "(32, 32) 2 " in key
    ]

    made(model, tmp_path / "second", channels="5,6", seed=4, steps=7)
    made(model, tmp_path / "third", objective="neuron", channels="2,7", learning_rate=0.1)

    # All have fewer steps than are redirected.
    assert compiled.trace_counts() == (0, 1)


def test_a_picture_does_not_depend_on_what_else_the_job_makes(model, tmp_path):
    alone, _ = made(model, tmp_path / "alone", channels="4", steps=3)
    company, result = made(model, tmp_path / "company", channels="1,4,6", steps=3)

    place = [picture["objective"] for picture in result["pictures"]].index("channel 4")
    difference = alone.picture("pictures/000.png").astype(int) - company.picture(
        f"pictures/{place:03d}.png"
    )
    assert np.abs(difference).max() <= 1


def test_transparent_pictures_are_filed_with_their_opacity(model, tmp_path):
    run, _ = made(model, tmp_path, channels="4", alpha=True)

    assert run.picture("pictures/000.png").shape == (32, 32, 4)


def test_facets_of_one_objective_are_pictures_of_their_own(model, tmp_path):
    run, result = made(model, tmp_path, channels="4,5", facets=3)

    assert [picture["objective"] for picture in result["pictures"]] == [
        f"channel {channel}, {facet}" for channel in (4, 5) for facet in (1, 2, 3)
    ]
    first, second = (run.picture(f"pictures/{place:03d}.png") for place in (0, 1))
    assert not np.array_equal(first, second)


def test_previews_are_small_pictures_and_the_last_shows_the_end(model, tmp_path):
    run, _ = made(model, tmp_path, channels="random:8", steps=6)

    sizes = [Image.open(BytesIO(preview)).size for preview in run.previews]
    assert len(sizes) == 6
    assert max(map(max, sizes)) <= 384


def test_pictures_may_have_another_size_than_the_models_input(model, tmp_path):
    run, result = made(model, tmp_path, objective="logit", size=48)

    assert (result["width"], result["height"]) == (48, 48)
    assert run.picture("pictures/000.png").shape == (48, 48, 3)


@pytest.mark.parametrize("parametrization", ["fourier", "pixel", "maco"])
@pytest.mark.parametrize("transforms", [True, False, ["jitter"], ["pad", "rotate"]], ids=str)
def test_every_way_of_writing_goes_with_every_way_of_looking(
    parametrization, transforms, model, tmp_path
):
    _, result = made(
        model, tmp_path, channels="1", parametrization=parametrization, transforms=transforms,
        steps=2,
    )  # fmt: skip

    assert len(result["pictures"]) == 1


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        pytest.param({"layer": "nowhere"}, LayerNotFoundError, id="layer"),
        pytest.param({"channels": "8"}, UnitNotFoundError, id="channel"),
        pytest.param({"channels": "5-2"}, UnitNotFoundError, id="backwards"),
        pytest.param(
            {"objective": "logit", "classes": ["horse"]}, UnitNotFoundError, id="class"
        ),
        pytest.param({"objective": "neuron", "row": 8}, UnitNotFoundError, id="position"),
        pytest.param(
            {"objective": {"kind": "direction", "vector": [1, 2]}},
            UnitNotFoundError,
            id="vector",
        ),
        pytest.param(
            {"objective": {"kind": "inversion", "image": "%%"}},
            ImageUndecodableError,
            id="base64",
        ),
        pytest.param(
            {"objective": {"kind": "inversion", "image": "AAAA"}},
            ImageUndecodableError,
            id="image",
        ),
    ],
)
def test_what_the_model_does_not_have_is_refused_before_any_step(
    asked, refusal, model, tmp_path
):
    run = FakeRun(tmp_path)

    with pytest.raises(refusal):
        made(model, None, run=run, **asked)

    assert run.steps == []


def test_batches_are_of_one_size_and_hold_every_objective_once(model):
    parameters = ActivationMaximizationParameters(
        objective=[{"kind": "channel", "channel": index % 8} for index in range(10)]
        + [{"kind": "layer"}]
    )
    wanted = wanted_of(parameters, model.classifier, seed=0)

    batches = divided(wanted, pixels_each=40_000)

    assert sorted(place for batch in batches for place in batch.places) == list(range(11))
    channels = [batch for batch in batches if "direction" in repr(batch.wanted[0].aims)]
    assert {len(batch.wanted) for batch in channels} == {4}
    assert len(channels) == 3


def test_random_channels_are_drawn_by_the_seed_without_repeating(model):
    def channels(seed):
        parameters = ActivationMaximizationParameters(channels="random:5")
        wanted = wanted_of(parameters, model.classifier, seed=seed)
        return [one.terms[0].unit for one in wanted]

    assert channels(1) == channels(1)
    assert channels(1) != channels(2)
    assert len(set(channels(1))) == 5


def test_a_size_that_the_network_cannot_take_is_refused(tmp_path, model, monkeypatch):
    def refuse(*_args, **_named):
        raise SizeUnsupportedError((48, 48), (32, 32), "it says so")

    monkeypatch.setattr("workers.jobs.activation_maximization.layer_shapes", refuse)

    with pytest.raises(SizeUnsupportedError, match="48 x 48"):
        made(model, tmp_path, size=48)
