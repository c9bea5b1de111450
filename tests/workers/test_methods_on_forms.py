"""Every method on every kind of network, as a worker runs it: right, or refused with a reason.

There is no third state. What is right is told by a twin: the same weights in a flat Functional
network of plain layers, which ends in the scores themselves. A method that sees only what the
network computes must give both the same map. That the maps of plain networks are right is
tested where the methods are; `tests/core/models` holds saliency and Grad-CAM against NumPy on
the forms that are not here.
"""

import sys
from collections.abc import Callable, Iterator
from functools import cache

import keras
import numpy as np
import pytest
import tensorflow as tf

from api_schemas.auto import AUTO_METHOD
from api_schemas.explanations import ExplanationOrder
from api_schemas.methods import METHODS
from core.errors import MethodUnsupportedError
from core.models.load import load_classifier
from core.progress import untracked
from tests.core.models.small_networks import FORMS, MAPS, SIDE, Form, image
from workers import many_pass
from workers.kernels import compile_kernel
from workers.network_passes import NetworkPasses

TABLE = """
form                              refused; all else is right
twice nested with softmax inside  -
subclassed                        lrp cam
several inputs                    cam
several outputs                   lrp
grayscale                         -
pointwise head                    -
one sigmoid                       -
shared layer                      -
half precision                    lrp
"""

PIXELS = np.random.default_rng(4).integers(0, 256, (3, SIDE, SIDE, 3), np.uint8)
TARGETS, VERSUS = (-1, 0, 1), (-1, -1, 0)
"""The top class, the first one, and the second rather than the first."""
MAX_IMAGES = 8
"""In one pass: fewer than there are variants of the batch, so that it takes several."""
SQUARED = 2
"""By how much an error grows in VarGrad and SquareGrad, which square gradients."""

FEW = {
    "steps": 3,
    "copies": 3,
    "mask_count": 8,
    "sample_count": 8,
    "superpixel_count": 4,
    "designs": 2,
    "grid_cells": 2,
    "patch_pixels": 3,
    "stride_pixels": 3,
    "min_pixel_diff": 2,
}
"""Parameters that are fast, for every method that has them."""

FORM_NAMES = [line[:32].strip() for line in TABLE.strip().splitlines()[1:]]
METHOD_NAMES = [name for name in METHODS if name != AUTO_METHOD.name]
"""`auto` runs others of them and computes nothing itself."""

MapFunction = Callable[[Form, str], np.ndarray]
"""From a form and a method's name to the maps [B, h, w] of PIXELS."""


@pytest.mark.parametrize("name", FORM_NAMES)
def test_each_method_is_right_on_a_form_or_refused_as_the_table_says(
    name, maps_of, twin_of, capsys
):
    keras.utils.set_random_seed(7)
    form = FORMS[name]()
    twin = twin_of(form)
    states = {method: state_of(form, twin, method, maps_of) for method in METHOD_NAMES}

    with capsys.disabled():
        sys.stdout.write(printed_row(name, states))
    refused = [method for method, state in states.items() if state == "refused"]
    assert {method: s for method, s in states.items() if s not in ("right", "refused")} == {}
    assert f"{name:<32}  {' '.join(refused) or '-'}" in TABLE.splitlines()


def printed_row(name: str, states: dict[str, str]) -> str:
    """Write what each method is on a form, as it was found."""
    by_state: dict[str, list[str]] = {}
    for method, state in states.items():
        by_state.setdefault(state, []).append(method)
    said = [f"  {state}: {' '.join(methods)}\n" for state, methods in by_state.items()]
    return f"\n{name}\n{''.join(said)}"


def state_of(form: Form, twin: Form, method: str, maps_of: MapFunction) -> str:
    """Whether a method's maps are right, refused or, what may not be, wrong."""
    try:
        maps = maps_of(form, method)
    except MethodUnsupportedError as refusal:
        return "refused" if len(refusal.reason) > 20 else "refused without a reason"
    expected = maps_of(twin, method)
    assert np.abs(expected).max() > 0
    error = np.abs(maps - expected).max() / np.abs(expected).max()
    return "right" if error <= SQUARED * form.tolerance else f"wrong by {error:.1e}"


@pytest.fixture(scope="module")
def maps_of(tmp_path_factory) -> Iterator[MapFunction]:
    """Explain as a worker does; each network is saved and loaded once, and asked once."""

    @cache
    def passes_of(network: keras.Model, manifest: str) -> NetworkPasses:
        folder = tmp_path_factory.mktemp("form")
        network.save(folder / "network.keras")
        (folder / "model.toml").write_text(manifest)
        return NetworkPasses(load_classifier(folder))

    @cache
    def maps(network: keras.Model, manifest: str, method: str) -> np.ndarray:
        explain = compile_kernel(
            passes_of(network, manifest), order_of(method), max_images=MAX_IMAGES
        )
        classes = tf.constant(TARGETS), tf.constant(VERSUS)
        return np.asarray(explain(tf.constant(PIXELS), *classes, untracked).maps)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(many_pass, "XRAI_SEGMENTS", segmented_once(many_pass.XRAI_SEGMENTS))
        yield lambda form, method: maps(form.network, form.manifest, method)


def order_of(method: str) -> ExplanationOrder:
    """Order maps of a method, by parameters that are fast."""
    schema = METHODS[method].parameters
    few = {name: value for name, value in FEW.items() if name in schema.model_fields}
    parameters = schema.model_validate(few).model_dump(mode="json")
    return ExplanationOrder(model="form", method=method, seed=5, parameters=parameters)


def segmented_once(segment):
    """Remember the segments of an image: they are slow, and the same for every network."""
    known = {}

    def segments(pixels):
        key = pixels.tobytes()
        if key not in known:
            known[key] = segment(pixels)
        return known[key]

    return segments


@pytest.fixture(scope="module")
def twin_of() -> Callable[[Form], Form]:
    """Build the same function of plain layers, down to the scores; one for equal weights."""
    known: dict[tuple[bytes, str], Form] = {}

    def twin(form: Form) -> Form:
        network = plain_network(form)
        fed = form.fed if "grayscale" in form.fed else ""
        answered = form.answered.partition("\nname")[0]
        for activation, left_out in (("softmax", "logits"), ("sigmoid", "sigmoid-logits")):
            answered = answered.replace(f'"{activation}"', f'"{left_out}"')
        made = Form(network, None, fed=fed, answered=answered)
        weights = b"".join(weight.tobytes() for weight in network.get_weights())
        return known.setdefault((weights, made.manifest), made)

    return twin


def plain_network(form: Form) -> keras.Model:
    """Build a form's convolutions and head; what is fed beside the image goes into the bias."""
    chain = form.chain
    kernel = chain.dense[0].reshape(-1, chain.dense[0].shape[-1])
    bias = chain.dense[1] + np.asarray(chain.auxiliary) @ kernel[MAPS:]
    head = [kernel[:MAPS], bias]
    if chain.is_single:
        head = [np.concatenate([-part, part], axis=-1) for part in head]
    given = image(channels=1 if "grayscale" in form.fed else 3)
    maps, weights = given, []
    for step in filter(None, (chain.stem, chain.last_again, chain.last_again, chain.last)):
        maps = keras.layers.Conv2D(MAPS, 3, padding="same")(maps)
        weights += step
        maps = keras.layers.ReLU()(maps)
    pooled = keras.layers.GlobalAveragePooling2D()(maps)
    network = keras.Model(given, keras.layers.Dense(len(head[1]))(pooled))
    network.set_weights([*weights, *head])
    return network
