"""Both clients with a real service: they give what its routes answer, opened."""

import base64
from io import BytesIO

import httpx
import numpy as np
import pytest
from PIL import Image

from tests.end_to_end.images import encoded, noise
from tests.processes import free_port
from tests.vitrine.clients import CLIENTS
from vitrine.client.errors import ConnectionFailedError, NotFoundError, RequestInvalidError

pytestmark = pytest.mark.processes

IMAGE = noise(0)
FILE = encoded(IMAGE)


@pytest.fixture(params=CLIENTS.values(), ids=CLIENTS)
def ours(request, base_url: str):
    """A client of ours."""
    with request.param(base_url) as client:
        yield client


def raw_of(answer: dict) -> np.ndarray:
    raw = answer["raw"]
    return np.frombuffer(base64.b64decode(raw["b64"]), raw["dtype"]).reshape(raw["shape"])


def pixels_of(encoded_picture: str) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(base64.b64decode(encoded_picture))))


def test_a_prediction_is_what_the_route_answers(client: httpx.Client, ours):
    expected = client.post("/predict", files={"image": FILE}, data={"model": "zoo"}).json()

    result = ours.predict(IMAGE, model="zoo")

    found = result.answer.model_dump(mode="json")
    # The client sends a file of its own making: of that alone the receipts tell apart.
    receipt, expected_receipt = found.pop("receipt"), expected.pop("receipt")
    assert found == expected
    assert receipt["digests"] == expected_receipt["digests"]
    assert result.top.label == expected["predictions"][0]["label"]


def test_an_explanation_opens_as_the_routes_pictures_and_numbers(client, ours):
    options = {"target": "dog", "outputs": "overlay,heatmap,contour,raw,box"}
    expected = client.post("/explain/layercam", files={"image": FILE}, data=options).json()

    result = ours.explain(
        IMAGE,
        "layercam",
        target="dog",
        outputs=["overlay", "heatmap", "contour", "raw", "box"],
    )

    for name in ("overlay", "heatmap", "contour"):
        np.testing.assert_array_equal(
            np.asarray(getattr(result, name)), pixels_of(expected[name])
        )
    np.testing.assert_allclose(result.raw, raw_of(expected), rtol=1e-5)
    assert result.box.model_dump() == expected["box"]
    assert result.overlay.size == IMAGE.size
    assert result.target.label == "dog"


def test_images_together_are_explained_as_they_are_alone(ours):
    images = [noise(seed, width=20 + seed) for seed in range(18)]

    results = ours.explain_all(images, outputs=["raw"])

    assert [result.answer.image.width for result in results] == [
        image.width for image in images
    ]
    for position in (0, 17):
        alone = ours.explain(images[position], outputs=["raw"])
        np.testing.assert_allclose(results[position].raw, alone.raw, rtol=1e-4, atol=1e-7)


def test_the_automatic_choice_brings_its_ranking(ours):
    result = ours.explain(IMAGE, "auto", outputs=["consensus", "raw"], budget_seconds=0.1)

    assert result.answer.chosen == result.answer.ranking[0].method
    assert result.evidence.verdict
    assert result.consensus.size == IMAGE.size


def test_an_object_is_localized_within_its_image(ours):
    result = ours.localize(IMAGE, foreground_quantile=0.8)

    mask = np.asarray(result.mask)
    rows, columns = np.nonzero(mask)
    assert mask.shape == (IMAGE.height, IMAGE.width)
    assert (columns.min(), rows.min()) == (result.box.x, result.box.y)
    assert result.overlay.size == IMAGE.size
    assert result.predictions[0] == result.target


def test_feature_maps_and_filters_open_as_grids_and_numbers(ours):
    maps = ours.feature_maps(IMAGE, layer="first", channels="0-2", outputs=["grid", "raw"])
    filters = ours.filters("tiny", "first", channels="1,3")

    assert maps.raw.shape == (16, 16, 3)
    assert maps.grid.mode == "RGB"
    assert filters.raw.shape == (3, 3, 3, 2)
    assert filters.grid.mode == "RGB"
    assert filters.answer.channels == (1, 3)


def test_readers_of_a_channel_name_the_layer_behind_it(ours):
    [reader] = ours.readers("tiny", "first", channel=1, most=2).readers

    assert (reader.layer, reader.type, len(reader.strongest)) == ("second", "Conv2D", 2)


def test_models_layers_and_methods_are_listed(client, ours):
    assert ours.models().model_dump(mode="json") == client.get("/models").json()
    assert ours.model("zoo").classes == ["crane", "lion", "crane"]
    assert "second" in [layer.name for layer in ours.layers("tiny")]
    assert {"gradcam", "auto"} <= {method.name for method in ours.methods()}


def test_refusals_of_the_service_come_as_errors_with_its_words(ours):
    with pytest.raises(RequestInvalidError) as wrong:
        ours.explain(IMAGE, target="lion")
    with pytest.raises(NotFoundError, match="nearest: gradcam") as unknown:
        ours.explain(IMAGE, "gradcan")

    assert wrong.value.code == "class_not_found"
    assert wrong.value.errors[0].pointer == "/target"
    assert unknown.value.code == "method_not_found"


def test_where_nobody_listens_the_address_is_named():
    url = f"http://127.0.0.1:{free_port()}"
    for open_client in CLIENTS.values():
        with open_client(url, retries=1) as client:
            with pytest.raises(ConnectionFailedError, match=url):
                client.models()
