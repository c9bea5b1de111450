"""The contract as a caller sees it: every route, option, form of answer and header."""

import base64
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from api_schemas.auto import AUTO_METHOD
from api_schemas.methods import METHODS
from tests.end_to_end.images import encoded, noise

pytestmark = pytest.mark.processes

IMAGE = encoded(noise(0))
CHOSEN = [method for method in METHODS.values() if method is not AUTO_METHOD]
"""All methods that a caller chooses; the automatic choice has tests of its own."""


def raw_of(answer) -> np.ndarray:
    raw = answer["raw"]
    return np.frombuffer(base64.b64decode(raw["b64"]), raw["dtype"]).reshape(raw["shape"])


def picture_of(answer, output: str) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(base64.b64decode(answer[output]))))


def explain(client, method: str = "gradcam", image: bytes = IMAGE, **options):
    response = client.post(f"/explain/{method}", files={"image": image}, data=options)
    assert response.status_code == 200, response.text
    return response.json()


def test_a_prediction_names_the_most_probable_classes_first(client):
    answer = client.post("/predict", files={"image": IMAGE}, data={"model": "zoo"}).json()

    predictions = answer["predictions"]
    probabilities = [one["probability"] for one in predictions]
    assert answer["model"] == "zoo"
    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(probabilities) == pytest.approx(1.0, abs=1e-5)
    assert sorted(one["index"] for one in predictions) == [0, 1, 2]
    logits = np.array([one["logit"] for one in predictions])
    softmax = np.exp(logits) / np.exp(logits).sum()
    np.testing.assert_allclose(probabilities, softmax, atol=1e-5)


def test_as_many_classes_are_answered_as_asked_for(client):
    answer = client.post("/predict", files={"image": IMAGE}, data={"top_k": 1}).json()

    assert len(answer["predictions"]) == 1


@pytest.mark.parametrize("method", CHOSEN, ids=[method.name for method in CHOSEN])
def test_every_method_answers_as_the_contract_says(client, method):
    response = client.post(
        f"/explain/{method.name}", files={"image": IMAGE}, data={"outputs": "heatmap,raw"}
    )
    answer = response.json()
    if response.status_code == 422:
        assert answer["code"] == "method_unsupported"
        assert method.name in client.get("/models/tiny").json()["unsupported"]
        return

    assert response.status_code == 200, response.text
    assert answer["method"] == method.name
    assert (answer["layer"] is not None) == method.uses_layer
    look = {"polarity", "clip_percentile", "colormap", "opacity", "seed"}
    assert set(answer["parameters"]) == set(method.parameters.model_fields) | look
    assert answer["target"] == answer["predictions"][0]
    raw = raw_of(answer)
    assert raw.ndim == 2
    assert answer["range"] == {"min": float(raw.min()), "max": float(raw.max())}
    assert picture_of(answer, "heatmap").shape == (30, 40)


def test_polarities_are_parts_of_the_same_signed_map(client):
    both, positive, negative = (
        raw_of(explain(client, outputs="raw", polarity=polarity, target=0))
        for polarity in ("both", "positive", "negative")
    )

    assert np.abs(both).max() > 0
    np.testing.assert_allclose(positive - negative, both, rtol=1e-4, atol=1e-8)


def test_a_class_rather_than_another_is_explained_by_the_difference(client):
    # Before the softmax the score is linear in the head: maps of classes can be subtracted.
    cat, dog, difference = (
        raw_of(explain(client, outputs="raw", polarity="both", **classes))
        for classes in (
            {"target": "cat"},
            {"target": "dog"},
            {"target": "cat", "versus": "dog"},
        )
    )

    np.testing.assert_allclose(difference, cat - dog, rtol=1e-3, atol=1e-6)


def test_a_label_of_two_classes_is_refused_and_its_index_is_not(client):
    request = {"files": {"image": IMAGE}, "params": {"model": "zoo", "target": "crane"}}
    refused = client.post("/explain/gradcam", **request)

    answer = explain(client, model="zoo", target=2)

    assert refused.json()["code"] == "class_not_found"
    assert "[0, 2]" in refused.json()["detail"]
    assert (answer["target"]["index"], answer["target"]["label"]) == (2, "crane")


def test_another_layer_gives_a_map_of_its_own_size(client):
    assert explain(client, outputs="raw")["layer"] == "second"
    assert raw_of(explain(client, outputs="raw")).shape == (8, 8)
    assert raw_of(explain(client, outputs="raw", layer="first")).shape == (16, 16)


def test_outputs_hold_exactly_what_was_asked_for(client):
    outputs = {"heatmap", "overlay", "raw", "contour", "box"}
    for asked in ({"heatmap"}, {"contour", "box"}, outputs):
        answer = explain(client, outputs=",".join(asked))
        assert outputs & set(answer) == asked


def test_an_overlay_without_opacity_is_the_image_itself(client):
    answer = explain(client, outputs="overlay", opacity=0)

    np.testing.assert_array_equal(picture_of(answer, "overlay"), np.asarray(noise(0)))


def test_a_colour_map_of_grey_at_full_opacity_is_the_heatmap(client):
    answer = explain(client, opacity=1, colormap="gray")

    overlay, heatmap = picture_of(answer, "overlay"), picture_of(answer, "heatmap")
    np.testing.assert_allclose(overlay, np.repeat(heatmap[..., None], 3, axis=2), atol=1)


def test_a_batch_is_answered_in_order_as_if_each_image_were_alone(client):
    images = [encoded(noise(seed, width=20 + seed)) for seed in range(7)]
    alone = [explain(client, image=image, outputs="raw") for image in images]

    files = [("image", ("i.png", image, "image/png")) for image in images]
    results = client.post("/explain/gradcam", files=files, data={"outputs": "raw"}).json()

    for one, expected in zip(results["results"], alone, strict=True):
        assert one["image"] == expected["image"]
        np.testing.assert_allclose(raw_of(one), raw_of(expected), rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize(
    ("accept", "image_format"), [("image/png", "PNG"), ("image/webp", "WEBP")]
)
def test_a_bare_picture_is_the_overlay_in_the_size_of_the_image(client, accept, image_format):
    response = client.post(
        "/explain/gradcam", files={"image": IMAGE}, headers={"Accept": accept}
    )

    picture = Image.open(BytesIO(response.content))
    assert response.headers["Content-Type"] == accept
    assert (picture.format, picture.size) == (image_format, (40, 30))


def test_both_models_are_listed_ready_with_their_layers(client):
    listed = client.get("/models").json()

    assert listed["default"] == "tiny"
    assert [(one["name"], one["ready"]) for one in listed["models"]] == [
        ("tiny", True),
        ("zoo", True),
    ]
    assert listed["models"][1]["input_shape"] == [24, 24, 3]
    layers = {
        layer["name"]: layer for layer in client.get("/models/zoo/layers").json()["layers"]
    }
    assert layers["second"]["explainable"]
    assert layers["second"]["output_shape"] == [6, 6, 8]
    assert not layers["scores"]["explainable"]


def test_methods_are_listed_with_schemas_of_their_parameters(client):
    listed = {method["name"]: method for method in client.get("/methods").json()["methods"]}

    assert list(listed) == list(METHODS)
    for name, method in METHODS.items():
        assert set(listed[name]["parameters"]["properties"]) == set(
            method.parameters.model_fields
        )
        assert listed[name]["source"]


def test_the_times_of_a_request_are_told_in_its_header(client):
    response = client.post("/explain/gradcam", files={"image": IMAGE})

    times = dict(part.split(";dur=") for part in response.headers["Server-Timing"].split(", "))
    stages = ["receive", "decode", "queue", "batch", "compute", "render"]
    assert list(times) == [*stages, "total"]
    assert 0 < float(times["compute"]) < float(times["total"])


def test_documentation_and_metrics_are_served_without_the_internet(client):
    docs = client.get("/docs")
    page = client.get("/")

    assert docs.status_code == page.status_code == 200
    for document in (docs.text, page.text):
        assert "http://" not in document
        assert "https://" not in document
    assert "vitrine_live_workers 1.0" in client.get("/metrics").text
    assert client.get("/healthz/ready").json()["status"] == "ok"
