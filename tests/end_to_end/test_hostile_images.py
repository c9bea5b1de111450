"""Whatever is sent as an image is answered rightly or refused rightly, and breaks nothing."""

import base64
from io import BytesIO

import pytest
from PIL import Image

from tests.end_to_end.images import (
    animated_gif,
    encoded,
    huge_png,
    noise,
    palette_png,
    sixteen_bit_png,
    turned_jpeg,
)

pytestmark = pytest.mark.processes

WHOLE = encoded(noise(0), "JPEG")

ANSWERED = {
    "jpeg": WHOLE,
    "png": encoded(noise(0)),
    "webp": encoded(noise(0), "WEBP"),
    "bmp": encoded(noise(0), "BMP"),
    "tiff": encoded(noise(0), "TIFF"),
    "gif": encoded(noise(0), "GIF"),
    "animated gif": animated_gif(),
    "cmyk": encoded(noise(0).convert("CMYK"), "JPEG"),
    "16 bits": sixteen_bit_png(),
    "palette with transparency": palette_png(),
    "grey": encoded(noise(0).convert("L")),
    "grey with transparency": encoded(noise(0).convert("LA")),
    "one bit": encoded(noise(0).convert("1")),
}

REFUSED = {
    "nothing": b"",
    "one byte": b"\xff",
    "truncated": WHOLE[: len(WHOLE) // 2],
    "truncated header": WHOLE[:20],
    "html": b"<!doctype html><html><body><script>alert(1)</script></body></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>',
    "text": b"a cat" * 100,
    "zip": b"PK\x03\x04" + bytes(100),
    "pdf": b"%PDF-1.7\n" + bytes(100),
    "damaged": WHOLE[:200] + bytes(len(WHOLE) - 200),
}


@pytest.mark.parametrize("image", ANSWERED.values(), ids=ANSWERED)
def test_an_odd_image_is_explained_in_its_own_size(client, image):
    response = client.post("/explain/gradcam", files={"image": image})

    answer = response.json()
    assert response.status_code == 200, response.text
    assert answer["image"] == {"width": 40, "height": 30}
    for output, mode in (("heatmap", "L"), ("overlay", "RGB")):
        picture = Image.open(BytesIO(base64.b64decode(answer[output])))
        assert (picture.format, picture.mode, picture.size) == ("PNG", mode, (40, 30))


def test_a_photograph_is_shown_as_the_camera_was_held(client):
    response = client.post("/explain/gradcam", files={"image": turned_jpeg(40, 30)})

    answer = response.json()
    picture = Image.open(BytesIO(base64.b64decode(answer["overlay"])))
    assert answer["image"] == {"width": 30, "height": 40}
    assert picture.size == (30, 40)


@pytest.mark.parametrize("path", ["/predict", "/explain/gradcam"])
@pytest.mark.parametrize("image", REFUSED.values(), ids=REFUSED)
def test_what_is_no_whole_image_is_refused_as_undecodable(client, image, path):
    response = client.post(path, files={"image": ("a.jpg", image, "image/jpeg")})

    assert response.status_code == 422
    assert response.json()["code"] == "image_undecodable"


def test_a_small_file_of_many_pixels_is_refused_before_it_is_unpacked(client):
    bomb = huge_png()
    assert len(bomb) < 2000

    response = client.post("/predict", files={"image": bomb})

    assert (response.status_code, response.json()["code"]) == (413, "image_too_large")
    assert "100000000 pixels" in response.json()["detail"]


def test_the_bytes_decide_and_not_what_they_are_said_to_be(client):
    response = client.post(
        "/predict", content=encoded(noise(0)), headers={"Content-Type": "image/tiff"}
    )

    assert response.status_code == 200


def test_a_body_larger_than_allowed_is_refused(client):
    response = client.post(
        "/predict", content=bytes(33 * 1024 * 1024), headers={"Content-Type": "image/png"}
    )

    assert (response.status_code, response.json()["code"]) == (413, "image_too_large")


def test_field_names_of_ten_thousand_characters_are_refused(client):
    for request in (
        {"data": {"n" * 10_000: "1"}},
        {"params": {"n" * 10_000: "1"}},
    ):
        response = client.post("/predict", files={"image": WHOLE}, **request)

        assert response.status_code == 422
        assert len(response.text) < 2000
