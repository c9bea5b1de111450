"""Both clients against a service that is a function: what they send, retry, raise and read."""

import base64
import json
from io import BytesIO

import httpx
import numpy as np
import pytest
from PIL import Image

import vitrine
from tests.vitrine.clients import CLIENTS, Service, problem
from tests.vitrine.job_server import DATASET, DETAILS
from vitrine.client.calls import IMAGES_AT_ONCE
from vitrine.client.errors import (
    BY_STATUS,
    AnswerInvalidError,
    AuthenticationError,
    ConnectionFailedError,
    ImageUnreadableError,
    NotFoundError,
    OutputMissingError,
    OverloadedError,
    RefusedError,
    RequestInvalidError,
    ServerFailedError,
    UnavailableError,
    VitrineError,
)

PIXELS = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
PREDICTION = {"index": 0, "label": "cat", "probability": 0.75, "logit": 1.0}


def png(pixels: np.ndarray = PIXELS) -> bytes:
    file = BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


RECEIPT = {
    "image_sha256": "1a" * 32,
    "image_as": "file",
    "model": "tiny",
    "model_sha256": "ab" * 32,
    "method": None,
    "options": {"model": "tiny", "top_k": 1},
    "webp": False,
    "computed": None,
    "front_versions": {"vitrine": "0.1.0"},
    "digests": {"scores": "2b" * 32},
}


def prediction_answer(label: str = "cat") -> dict:
    return {
        "model": "tiny",
        "model_sha256": "ab",
        "image": {"width": 5, "height": 4},
        "predictions": [PREDICTION | {"label": label}],
        "cached": True,
        "receipt": RECEIPT,
    }


def numbers(array: np.ndarray) -> dict:
    return {
        "b64": base64.b64encode(array.tobytes()).decode(),
        "dtype": str(array.dtype),
        "shape": list(array.shape),
    }


def explanation_answer(**changes: object) -> dict:
    answer = {
        "model": "tiny",
        "model_sha256": "ab",
        "method": "gradcam",
        "layer": "second",
        "target": PREDICTION,
        "versus": None,
        "predictions": [PREDICTION],
        "image": {"width": 5, "height": 4},
        "overlay": base64.b64encode(png()).decode(),
        "raw": numbers(np.array([[1.5, -2.0]], "<f4")),
        "box": {"x": 1, "y": 2, "width": 3, "height": 2},
        "range": {"min": -2.0, "max": 1.5},
        "parameters": {"seed": 0},
        "warnings": [{"code": "map_is_constant", "detail": "…"}],
        "cached": False,
        "receipt": RECEIPT | {"method": "gradcam"},
    }
    return answer | changes


def ok(body: object):
    return lambda _: httpx.Response(200, json=body)


@pytest.fixture(params=CLIENTS.values(), ids=CLIENTS)
def open_client(request):
    return request.param


@pytest.fixture(autouse=True)
def slept(monkeypatch) -> list[float]:
    """Let no time pass between tries, and keep how long it would have been."""
    seconds: list[float] = []

    async def sleep(length: float) -> None:
        seconds.append(length)

    monkeypatch.setattr("httpx_retries.retry.time.sleep", seconds.append)
    monkeypatch.setattr("httpx_retries.retry.asyncio.sleep", sleep)
    return seconds


def form_of(request: httpx.Request) -> tuple[dict[str, str], list[bytes]]:
    """Read a multipart form: fields, and the content of its files."""
    boundary = request.headers["Content-Type"].split("boundary=")[1].encode()
    fields, files = {}, []
    for part in request.content.split(b"--" + boundary)[1:-1]:
        head, _, content = part.strip(b"\r\n").partition(b"\r\n\r\n")
        name = head.split(b'name="')[1].split(b'"')[0].decode()
        if b"filename=" in head:
            assert name == "image"
            files.append(content)
        else:
            fields[name] = content.decode()
    return fields, files


def test_the_names_of_the_package_load_when_they_are_asked_for():
    assert set(vitrine.__all__) == set(vitrine.HOMES)
    for name in vitrine.__all__:
        assert getattr(vitrine, name).__name__ == name
    with pytest.raises(AttributeError, match="no_such_name"):
        vitrine.no_such_name  # noqa: B018 - asking is the test


FORMS = {
    "bytes": lambda folder: png(),
    "array": lambda folder: PIXELS,
    "picture": lambda folder: Image.fromarray(PIXELS),
    "path": lambda folder: folder / "i.png",
    "name": lambda folder: str(folder / "i.png"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_whatever_an_image_is_its_pixels_are_sent(open_client, form, tmp_path):
    (tmp_path / "i.png").write_bytes(png())
    service = Service(ok(prediction_answer()))

    with open_client(transport=service.transport) as client:
        result = client.predict(form(tmp_path), top_k=1)

    fields, [file] = form_of(service.requests[0])
    assert (fields, service.requests[0].url.path) == ({"top_k": "1"}, "/predict")
    np.testing.assert_array_equal(np.asarray(Image.open(BytesIO(file))), PIXELS)
    assert result.top.label == "cat"
    assert result.predictions == [result.top]


@pytest.mark.parametrize(
    "image",
    [
        "/no/such/file.png",
        5,
        None,
        PIXELS.astype(float),
        PIXELS[..., :2],
        PIXELS[None],
        PIXELS[:0],
        Image.new("CMYK", (2, 2)),
    ],
    ids=["path", "number", "none", "floats", "two colours", "batch", "empty", "CMYK"],
)
def test_what_is_no_image_is_refused_before_anything_is_sent(open_client, image):
    service = Service()

    with (
        open_client(transport=service.transport) as client,
        pytest.raises(ImageUnreadableError),
    ):
        client.predict(image)

    assert service.requests == []


def test_options_are_written_as_the_routes_read_them(open_client):
    service = Service(ok(explanation_answer()))

    with open_client(transport=service.transport) as client:
        client.explain(PIXELS, "a/b", target=3, evidence=True, opacity=0.25, layer=None)

    fields, _ = form_of(service.requests[0])
    assert service.requests[0].url.raw_path == b"/explain/a%2Fb"
    assert fields == {
        "outputs": "overlay,heatmap,raw",
        "target": "3",
        "evidence": "true",
        "opacity": "0.25",
    }


def test_an_explanation_opens_as_pictures_and_numbers(open_client):
    service = Service(ok(explanation_answer()))

    with open_client(transport=service.transport) as client:
        result = client.explain(PIXELS, outputs=["overlay", "raw", "box"])

    np.testing.assert_array_equal(np.asarray(result.overlay), PIXELS)
    np.testing.assert_array_equal(result.raw, np.array([[1.5, -2.0]], np.float32))
    assert result.raw.dtype == np.float32
    assert (result.box.x, result.box.height) == (1, 2)
    assert result.target.label == "cat"
    assert result.warnings[0].code == "map_is_constant"
    assert result.evidence is None
    assert form_of(service.requests[0])[0] == {"outputs": "overlay,raw,box"}


@pytest.mark.parametrize("output", ["heatmap", "contour", "consensus", "raw"])
def test_an_output_that_is_not_there_is_named(open_client, output):
    service = Service(ok(explanation_answer(raw=None)))

    with open_client(transport=service.transport) as client:
        result = client.explain(PIXELS)

    with pytest.raises(OutputMissingError, match=output):
        getattr(result, output)


def replay_answer(answer: dict, *, reproduced: bool = True) -> dict:
    difference = {"pointer": "/front_versions/numpy", "then": "1.0", "now": "2.0"}
    return {"reproduced": reproduced, "differences": [difference], "answer": answer}


def test_a_receipt_goes_with_its_image_and_the_result_is_opened(open_client):
    service = Service(ok(explanation_answer()), ok(replay_answer(explanation_answer())))

    with open_client(transport=service.transport) as client:
        result = client.explain(PIXELS)
        told = client.replay(PIXELS, result.receipt)

    assert (result.cached, result.receipt.method) == (False, "gradcam")
    assert service.requests[1].url.path == "/replay"
    fields, files = form_of(service.requests[1])
    assert json.loads(fields["receipt"]) == RECEIPT | {"method": "gradcam"}
    assert len(files) == 1
    assert told.reproduced
    assert [one.pointer for one in told.differences] == ["/front_versions/numpy"]
    np.testing.assert_array_equal(told.result.raw, result.raw)


def test_a_prediction_made_again_is_a_prediction(open_client):
    answer = replay_answer(prediction_answer(), reproduced=False)
    service = Service(ok(prediction_answer()), ok(answer))

    with open_client(transport=service.transport) as client:
        result = client.predict(PIXELS)
        told = client.replay(PIXELS, result.receipt)

    assert result.cached
    assert not told.reproduced
    assert told.result == result


def test_members_of_a_newer_service_are_passed_over(open_client):
    answer = prediction_answer() | {"new": 1}
    answer["predictions"] = [PREDICTION | {"new": 2}]

    with open_client(transport=Service(ok(answer)).transport) as client:
        assert client.predict(PIXELS).top.label == "cat"


def test_many_images_go_in_few_requests_and_come_back_in_order(open_client):
    count = 2 * IMAGES_AT_ONCE + 1
    images = [png(np.full((1, 1, 3), shade, np.uint8)) for shade in range(count)]

    def answer(request: httpx.Request) -> httpx.Response:
        _, files = form_of(request)
        shades = [np.asarray(Image.open(BytesIO(file)))[0, 0, 0] for file in files]
        answers = [prediction_answer(str(shade)) for shade in shades]
        alone = len(answers) == 1
        return httpx.Response(200, json=answers[0] if alone else {"results": answers})

    service = Service(answer)
    with open_client(transport=service.transport) as client:
        results = client.predict_all(images)

    assert [result.top.label for result in results] == [str(one) for one in range(count)]
    assert len(service.requests) == 3


def test_no_images_are_no_request(open_client):
    service = Service()

    with open_client(transport=service.transport) as client:
        assert client.predict_all([]) == []

    assert service.requests == []


@pytest.mark.parametrize(
    "body", [{"results": [prediction_answer()]}, {"results": []}, {"other": []}], ids=str
)
def test_another_number_of_answers_than_images_is_no_answer(open_client, body):
    with open_client(transport=Service(ok(body)).transport) as client:
        with pytest.raises(AnswerInvalidError):
            client.predict_all([PIXELS, PIXELS])


@pytest.mark.parametrize("status", [*BY_STATUS, 500, 507], ids=str)
def test_a_refusal_is_raised_as_the_class_of_its_status(open_client, status):
    errors = [{"pointer": "/target", "detail": "no such class"}]
    service = Service(problem(status, "some_code", errors=errors))

    with open_client(transport=service.transport, retries=0) as client:
        with pytest.raises(BY_STATUS.get(status, ServerFailedError)) as raised:
            client.predict(PIXELS)

    error = raised.value
    assert isinstance(error, RefusedError)
    assert (error.code, error.status, error.request_id) == ("some_code", status, "r1")
    assert error.detail == "said in words"
    assert error.errors[0].pointer == "/target"
    assert "/target: no such class" in str(error)


@pytest.mark.parametrize(
    "body", ["<html>", '{"error": "x"}', ""], ids=["page", "json", "empty"]
)
@pytest.mark.parametrize("status", [200, 404, 502])
def test_what_is_no_answer_of_the_service_is_said_to_be_none(open_client, status, body):
    service = Service(lambda _: httpx.Response(status, text=body))

    with open_client(transport=service.transport) as client:
        with pytest.raises(AnswerInvalidError, match="http://front/models"):
            client.models()


@pytest.mark.parametrize(("status", "code"), [(429, "queue_full"), (503, "model_not_ready")])
def test_a_request_that_was_not_taken_is_sent_again_when_the_service_says(
    open_client, slept, status, code
):
    refused = problem(status, code, headers={"Retry-After": "7"})
    service = Service(refused, refused, ok(prediction_answer()))

    with open_client(transport=service.transport) as client:
        result = client.predict(PIXELS)

    assert result.top.label == "cat"
    assert slept == [7.0, 7.0]
    contents = {form_of(request)[1][0] for request in service.requests}
    assert len(contents) == 1


def test_without_a_word_of_the_service_tries_are_further_and_further_apart(open_client, slept):
    service = Service(problem(503, "broker_unavailable"))

    with open_client(transport=service.transport, retries=5) as client:
        with pytest.raises(UnavailableError):
            client.models()

    assert len(service.requests) == 6
    assert all(0 <= wait <= 0.25 * 2 ** (at + 1) for at, wait in enumerate(slept))


def test_a_service_cannot_make_a_client_wait_for_ever(open_client, slept):
    service = Service(problem(429, "queue_full", headers={"Retry-After": "100000"}))

    with open_client(transport=service.transport, retries=2) as client:
        with pytest.raises(OverloadedError) as raised:
            client.models()

    assert slept == [30.0, 30.0]
    assert raised.value.retry_after_seconds == 100000


@pytest.mark.parametrize("status", [400, 404, 409, 422, 500, 504])
def test_a_refusal_that_would_only_be_repeated_is_not(open_client, status):
    service = Service(problem(status, "some_code"))

    with open_client(transport=service.transport) as client, pytest.raises(RefusedError):
        client.models()

    assert len(service.requests) == 1


@pytest.mark.parametrize(
    "error", [httpx.ConnectError, httpx.ReadError, httpx.RemoteProtocolError]
)
def test_a_connection_that_fails_is_tried_again(open_client, error):
    service = Service(error("away"), ok(prediction_answer()))

    with open_client(transport=service.transport) as client:
        assert client.predict(PIXELS).top.label == "cat"


def test_a_service_that_stays_away_is_named_with_the_reason(open_client):
    service = Service(httpx.ConnectError("refused"))

    with open_client(transport=service.transport, retries=2) as client:
        with pytest.raises(ConnectionFailedError, match="http://front/models: refused"):
            client.models()

    assert len(service.requests) == 3


def test_a_slow_answer_is_not_asked_for_again(open_client):
    service = Service(httpx.ReadTimeout("too slow"))

    with open_client(transport=service.transport) as client:
        with pytest.raises(ConnectionFailedError, match="too slow"):
            client.models()

    assert len(service.requests) == 1


def test_an_upload_that_may_have_arrived_is_not_sent_twice(open_client, tmp_path):
    (tmp_path / "photos.zip").write_bytes(b"PK")
    service = Service(httpx.ReadError("broke off"))

    with open_client(transport=service.transport) as client:
        with pytest.raises(ConnectionFailedError):
            client.upload_dataset(tmp_path / "photos.zip")

    assert len(service.requests) == 1


def test_a_key_and_a_prefix_go_with_every_request(open_client):
    service = Service(ok({"default": "tiny", "models": []}))

    with open_client("http://h/prefix/", api_key="k1", transport=service.transport) as client:
        assert client.models().default == "tiny"

    [request] = service.requests
    assert str(request.url) == "http://h/prefix/models"
    assert request.headers["Authorization"] == "Bearer k1"


def test_a_wrong_key_is_an_error_of_its_own(open_client):
    service = Service(problem(401, "key_missing"))

    with open_client(transport=service.transport) as client:
        with pytest.raises(AuthenticationError):
            client.models()


@pytest.mark.parametrize("url", ["", "localhost:8000", "ftp://host", "http://"])
def test_an_address_that_is_none_is_an_error_of_ours(open_client, url):
    with open_client(url) as client, pytest.raises(VitrineError):
        client.models()


def test_names_of_models_and_layers_cannot_leave_their_place_in_a_path(open_client):
    service = Service(problem(404, "model_not_found"))

    with open_client(transport=service.transport) as client:
        for ask in (
            lambda: client.model("../jobs"),
            lambda: client.layers("a?b"),
            lambda: client.filters("m/x", "backbone/conv 1", channels="0-3"),
            lambda: client.readers("m/x", "backbone/conv 1", channel=3),
        ):
            with pytest.raises(NotFoundError):
                ask()

    assert [request.url.raw_path for request in service.requests] == [
        b"/models/..%2Fjobs",
        b"/models/a%3Fb/layers",
        b"/models/m%2Fx/layers/backbone/conv%201/filters?channels=0-3",
        b"/models/m%2Fx/layers/backbone/conv%201/readers?channel=3",
    ]


def test_datasets_are_listed_shown_sent_and_deleted(open_client, tmp_path):
    (tmp_path / "photos.zip").write_bytes(b"PK-archive")
    service = Service(
        ok({"datasets": [DATASET]}),
        ok(DETAILS),
        lambda _: httpx.Response(201, json=DETAILS),
        lambda _: httpx.Response(201, json=DETAILS),
        lambda _: httpx.Response(204),
    )

    with open_client(transport=service.transport) as client:
        assert [dataset.id for dataset in client.datasets()] == ["d1"]
        assert client.dataset("d1").images == 3
        assert client.upload_dataset(tmp_path / "photos.zip", name="mine").id == "d1"
        assert client.register_dataset("pets/2026").skipped == 0
        assert client.delete_dataset("d1") is None

    upload, registration = service.requests[2:4]
    assert b"PK-archive" in upload.content
    assert b'name="name"\r\n\r\nmine' in upload.content
    assert upload.extensions["timeout"]["read"] > 600
    assert json.loads(registration.content) == {"path": "pets/2026"}
    methods = [request.method for request in service.requests]
    assert methods == ["GET", "GET", "POST", "POST", "DELETE"]


def test_a_wrong_request_is_told_apart_from_other_refusals(open_client):
    service = Service(problem(422, "class_not_found"))

    with open_client(transport=service.transport) as client:
        with pytest.raises(RequestInvalidError) as raised:
            client.localize(PIXELS)

    assert json.loads(raised.value.problem.model_dump_json())["code"] == "class_not_found"
