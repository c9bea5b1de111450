"""Other people's protocols with a real worker: the same numbers as our own routes."""

import base64
import json
import re
import subprocess
import sys
from io import BytesIO

import httpx
import numpy as np
import pytest
from PIL import Image

from tests.end_to_end.images import encoded, noise
from tests.processes import ROOT

pytestmark = pytest.mark.processes

IMAGES = [noise(seed) for seed in range(3)]
FILES = [encoded(image) for image in IMAGES]
PIXELS = np.stack([np.asarray(image) for image in IMAGES])
PAGE = (ROOT / "docs/protocols.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def own(client: httpx.Client) -> list[dict]:
    """What our own route says of the images."""
    options = {"outputs": "raw,overlay", "target": "dog"}
    files = [("image", ("image.png", file)) for file in FILES]
    return client.post("/explain/layercam", files=files, data=options).json()["results"]


def raw_of(answer: dict) -> np.ndarray:
    raw = answer["raw"]
    return np.frombuffer(base64.b64decode(raw["b64"]), raw["dtype"]).reshape(raw["shape"])


def probabilities_of(answer: dict) -> list[float]:
    found = {one["index"]: one["probability"] for one in answer["predictions"]}
    return [found[index] for index in sorted(found)]


def test_instances_get_the_numbers_of_our_own_route(client, own):
    instances = [
        {"b64": base64.b64encode(FILES[0]).decode()},
        PIXELS[1].tolist(),
        PIXELS[2].tolist(),
    ]
    parameters = {"method": "layercam", "outputs": "raw,overlay", "target": "dog"}

    body = {"instances": instances, "parameters": parameters}
    answer = client.post("/v1/models/tiny:explain", json=body).json()
    predicted = client.post("/v1/models/tiny:predict", json={"instances": instances}).json()

    np.testing.assert_allclose(answer["predictions"], predicted["predictions"], rtol=1e-5)
    for prediction, explanation, expected in zip(
        answer["predictions"], answer["explanations"], own, strict=True
    ):
        np.testing.assert_allclose(prediction, probabilities_of(expected), rtol=1e-5)
        np.testing.assert_allclose(raw_of(explanation), raw_of(expected), rtol=1e-4, atol=1e-7)
        assert explanation["overlay"] == expected["overlay"]


def test_a_tensor_gets_the_numbers_of_our_own_route(client, own):
    image = {
        "name": "image",
        "datatype": "UINT8",
        "shape": list(PIXELS.shape),
        "data": PIXELS.tolist(),
    }
    parameters = {"method": "layercam", "target": "dog"}

    body = {"inputs": [image], "parameters": parameters}
    answer = client.post("/v2/models/tiny/explain", json=body).json()

    raw, target, probabilities = answer["outputs"]
    expected = np.stack([raw_of(one) for one in own])
    np.testing.assert_allclose(
        np.reshape(raw["data"], raw["shape"]), expected, rtol=1e-4, atol=1e-7
    )
    assert target["data"] == [1, 1, 1]
    np.testing.assert_allclose(
        np.reshape(probabilities["data"], probabilities["shape"]),
        [probabilities_of(one) for one in own],
        rtol=1e-5,
    )


@pytest.mark.curl
@pytest.mark.parametrize("block", re.findall(r"```sh\n(.*?)```", PAGE, flags=re.DOTALL))
def test_the_commands_of_the_page_work_as_they_stand(base_url, block):
    script = block.replace("localhost:8000", base_url.removeprefix("http://"))
    script = "set -euo pipefail\n" + script.replace("catsdogs", "tiny")

    ended = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith('{"predictions":[[')
    assert '"explanations":[{"model":"tiny"' in ended.stdout
    assert ended.stdout.count('"model_name":"tiny"') == 2


@pytest.mark.tritonclient
@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL))
def test_the_program_of_the_page_works_as_it_stands(base_url, block):
    program = block.replace("localhost:8000", base_url.removeprefix("http://"))

    ended = subprocess.run(
        [sys.executable, "-c", program.replace("catsdogs", "tiny")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr
    assert re.match(r"\[b'(cat|dog)'\] \[\[[0-9. ]+\]\]", ended.stdout)


@pytest.fixture
def triton(base_url: str):
    """Somebody else's client of the protocol."""
    from tritonclient.http import InferenceServerClient

    client = InferenceServerClient(base_url.removeprefix("http://"), network_timeout=60.0)
    yield client
    client.close()


@pytest.mark.tritonclient
def test_another_client_finds_the_server_ready_and_its_models_described(triton):
    from tritonclient.utils import InferenceServerException

    assert triton.is_server_live()
    assert triton.is_server_ready()
    assert triton.is_model_ready("tiny")
    assert not triton.is_model_ready("lion")
    assert "binary_tensor_data" in triton.get_server_metadata()["extensions"]
    assert triton.get_model_metadata("tiny")["inputs"][0]["name"] == "image"
    with pytest.raises(InferenceServerException, match="no model named 'lion'"):
        triton.get_model_metadata("lion")


@pytest.mark.tritonclient
@pytest.mark.parametrize("binary_in", [True, False], ids=["bytes in", "JSON in"])
@pytest.mark.parametrize("binary_out", [True, False], ids=["bytes out", "JSON out"])
def test_another_client_gets_our_numbers_in_every_form(triton, own, binary_in, binary_out):
    from tritonclient.http import InferInput, InferRequestedOutput

    image = InferInput("image", list(PIXELS.shape), "UINT8")
    image.set_data_from_numpy(PIXELS, binary_data=binary_in)
    outputs = [
        InferRequestedOutput(name, binary_data=binary_out)
        for name in ("label", "probabilities")
    ]

    answer = triton.infer("tiny", [image], outputs=outputs, request_id="mine")

    probabilities = answer.as_numpy("probabilities")
    assert probabilities.dtype == np.float32
    np.testing.assert_allclose(probabilities, [probabilities_of(one) for one in own], rtol=1e-5)
    labels = [
        str(label, "utf-8") if binary_out else label for label in answer.as_numpy("label")
    ]
    assert labels == [one["predictions"][0]["label"] for one in own]
    assert answer.get_response()["id"] == "mine"


@pytest.mark.tritonclient
def test_another_client_sends_files_of_several_sizes_as_bytes(client, triton):
    from tritonclient.http import InferInput

    files = [encoded(noise(seed, width=20 + seed)) for seed in range(3)]
    image = InferInput("image", [3], "BYTES")
    image.set_data_from_numpy(np.array(files, dtype=np.object_))

    answer = triton.infer("tiny", [image])

    alone = [client.post("/predict", files={"image": file}).json() for file in files]
    np.testing.assert_allclose(
        answer.as_numpy("probabilities"), [probabilities_of(one) for one in alone], rtol=1e-5
    )


@pytest.mark.tritonclient
def test_another_client_writes_and_reads_explanations(base_url, triton, own):
    # Its own `infer` knows one verb; its codec for bodies serves for ours.
    from tritonclient.http import InferenceServerClient, InferInput, InferRequestedOutput

    image = InferInput("image", list(PIXELS.shape), "UINT8")
    image.set_data_from_numpy(PIXELS)
    names = ("raw", "overlay", "answer")
    body, json_length = InferenceServerClient.generate_request_body(
        [image],
        outputs=[InferRequestedOutput(name) for name in names],
        parameters={"method": "layercam", "target": "dog"},
    )
    header = "Inference-Header-Content-Length"

    sent = httpx.post(
        f"{base_url}/v2/models/tiny/explain",
        content=body,
        headers={header: str(json_length)},
        timeout=60.0,
    )
    answer = InferenceServerClient.parse_response_body(
        sent.content, header_length=int(sent.headers[header])
    )

    expected = np.stack([raw_of(one) for one in own])
    np.testing.assert_allclose(answer.as_numpy("raw"), expected, rtol=1e-4, atol=1e-7)
    overlays = [Image.open(BytesIO(file)) for file in answer.as_numpy("overlay")]
    assert [overlay.size for overlay in overlays] == [image.size for image in IMAGES]
    answers = [json.loads(text) for text in answer.as_numpy("answer")]
    assert {one["target"]["label"] for one in answers} == {"dog"}


@pytest.mark.tritonclient
def test_another_client_is_told_what_is_wrong_with_its_tensor(triton):
    from tritonclient.http import InferInput
    from tritonclient.utils import InferenceServerException

    image = InferInput("image", list(PIXELS.shape), "FP32")
    image.set_data_from_numpy(PIXELS.astype(np.float32))

    with pytest.raises(InferenceServerException, match="datatype"):
        triton.infer("tiny", [image])
