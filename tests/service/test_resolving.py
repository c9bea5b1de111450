"""Names in a request become indices, and gaps are filled, or the request is refused."""

import pytest

from api_schemas.explanations import NO_CLASS, TOP_CLASS
from api_schemas.methods import METHODS, options_of
from core.errors import LayerNotFoundError, LayerNotSpatialError, MethodUnsupportedError
from service.errors import ClassNotFoundError, FieldsInvalidError, MethodNotFoundError
from service.resolving import class_index, explanation_order, find_method, read_options
from tests.service.application import LAYER, record

GRADCAM = METHODS["gradcam"]
# As among ImageNet's labels, two classes have one name, and one label is a number.
MODEL = record(classes=("crane", "cat", "crane", "7", "cat 2", "a", "b", "c"))


def order(model=MODEL, method=GRADCAM, **options):
    return explanation_order(model, method, read_options(options_of(method), options))


@pytest.mark.parametrize(
    ("name", "index"),
    [("cat", 1), (1, 1), ("1", 1), (0, 0), ("0", 0), ("7", 3), (7, 7), ("06", 6)],
)
def test_a_class_is_found_by_index_or_label(name, index):
    assert class_index(MODEL, "target", name) == index


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("crane", r"\[0, 2\]"),
        ("dog", "no class is called"),
        ("Cat", "no class is called"),
        (8, "0 to 7"),
        ("8", "0 to 7"),
        (-1, "0 to 7"),
        ("-1", "no class is called"),
        ("٣", "no class is called"),
        (10**30, "0 to 7"),
    ],
)
def test_a_class_that_is_not_there_or_not_clear_is_refused_with_help(name, words):
    with pytest.raises(ClassNotFoundError, match=words) as refusal:
        class_index(MODEL, "versus", name)

    assert refusal.value.field == "versus"


def test_an_order_without_classes_asks_for_the_top_one():
    asked = order()

    assert (asked.target, asked.versus) == (TOP_CLASS, NO_CLASS)


def test_an_order_holds_indices_for_labels():
    asked = order(target="cat", versus="7")

    assert (asked.target, asked.versus) == (1, 3)


def test_a_class_cannot_be_held_against_itself():
    with pytest.raises(ClassNotFoundError, match="another class"):
        order(target="cat", versus=1)


def test_the_layer_left_out_is_the_default_one():
    assert order().layer == LAYER
    assert order(layer=LAYER).layer == LAYER


def test_a_layer_is_left_out_of_orders_that_look_at_none():
    # So that requests that differ in it alone share a batch.
    assert order(method=METHODS["saliency"], layer=LAYER).layer is None


def test_a_layer_that_is_not_there_is_refused_with_the_nearest_names():
    with pytest.raises(LayerNotFoundError) as refusal:
        order(layer="last_map")

    assert refusal.value.nearest == (LAYER,)


def test_a_layer_without_maps_is_refused():
    with pytest.raises(LayerNotSpatialError):
        order(layer="scores")


def test_a_method_that_the_model_cannot_support_is_refused_with_the_reason():
    limited = MODEL.model_copy(update={"unsupported": {"gradcam": "it has no gradients"}})

    with pytest.raises(MethodUnsupportedError, match="it has no gradients"):
        order(model=limited)


def test_a_method_that_is_not_there_is_refused_with_the_nearest_names():
    with pytest.raises(MethodNotFoundError, match="nearest: gradcam"):
        find_method("grad-cam")


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_an_order_holds_every_parameter_of_its_method(method):
    asked = order(method=method)

    assert set(asked.parameters) == set(method.parameters.model_fields)
    assert method.parameters.model_validate(asked.parameters)


@pytest.mark.parametrize(
    ("options", "pointers"),
    [
        ({"opacity": "1.5"}, ["/opacity"]),
        ({"opacity": "nan"}, ["/opacity"]),
        ({"colormap": "rainbow"}, ["/colormap"]),
        ({"polarity": "sideways"}, ["/polarity"]),
        ({"clip_percentile": 50}, ["/clip_percentile"]),
        ({"top_k": "0"}, ["/top_k"]),
        ({"outputs": ""}, ["/outputs"]),
        ({"outputs": "heatmap,map"}, ["/outputs/1"]),
        ({"seed": -1}, ["/seed"]),
        ({"target": ""}, ["/target"]),
        ({"target": True}, ["/target"]),
        ({"target": [1]}, ["/target"]),
        ({"versus": 1.5}, ["/versus"]),
        ({"no/such~field": "1"}, ["/no~1such~0field"]),
        ({"opacity": -1, "top_k": 0}, ["/opacity", "/top_k"]),
    ],
    ids=str,
)
def test_every_wrong_option_is_pointed_at(options, pointers):
    with pytest.raises(FieldsInvalidError) as refusal:
        order(**options)

    assert sorted(fault.pointer for fault in refusal.value.faults) == pointers


def test_options_in_words_are_read_as_numbers_and_lists():
    options = read_options(
        options_of(GRADCAM), {"opacity": "0.25", "top_k": "3", "outputs": "raw, box"}
    )

    assert (options.opacity, options.top_k, options.outputs) == (0.25, 3, ("raw", "box"))
