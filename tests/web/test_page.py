"""The page in a real browser: from a picture to its explanation, and what can go wrong."""

import io
import subprocess
from pathlib import Path

import httpx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.web.visit import Visit, picture

pytestmark = [pytest.mark.chromium, pytest.mark.processes]

NAME_OF = """(control) => control.matches("button")
    ? control.textContent
    : [...control.labels].map((label) => label.textContent).join()"""
"""What a screen reader calls a control."""


def size_of(file: Path) -> tuple[int, int]:
    """Give width and height of a picture."""
    with Image.open(file) as opened:
        return opened.size


def test_the_empty_page_teaches_a_call_that_works(visit, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(picture())
    call = visit.page.locator("#curl").inner_text()

    subprocess.run(["sh", "-c", call], cwd=tmp_path, check=True, capture_output=True)

    assert size_of(tmp_path / "overlay.png") == (64, 48)


def test_a_picture_is_classified_and_its_overlay_differs_from_it(visit):
    visit.choose_picture()

    predictions = visit.page.locator(".prediction")
    expect(predictions).to_have_count(2)
    expect(predictions.first).to_contain_text("%")
    expect(visit.page.locator("#explained-caption")).to_contain_text("What speaks for")
    original = visit.pixels_of(".frame >> nth=0").astype(int)
    explained = visit.pixels_of("#explained").astype(int)
    assert original.shape == explained.shape
    assert np.abs(original - explained).mean() > 5


def test_the_slider_blends_as_the_service_would(visit, base_url):
    visit.choose_picture()
    visit.set_opacity("0")
    original = visit.pixels_of("#explained")
    visit.set_opacity("0.3")

    blended = visit.pixels_of("#explained")

    np.testing.assert_allclose(original, visit.pixels_of(".frame >> nth=0"), atol=2)
    answer = httpx.post(
        f"{base_url}/explain/gradcam",
        params={"opacity": 0.3, "outputs": "overlay"},
        files={"image": ("photo.png", picture())},
        headers={"Accept": "image/png"},
        timeout=60,
    )
    # The browser enlarges both alike; far from edges the enlarged pixels are the pixels.
    height, width = blended.shape[:2]
    served = Image.open(io.BytesIO(answer.content)).convert("RGB")
    shown = Image.fromarray(blended).crop((0, height // 8, width, height * 7 // 8))
    shown = shown.resize(served.size, Image.Resampling.BOX)
    assert np.abs(np.asarray(shown, int) - np.asarray(served, int)).mean() < 6


def test_the_times_of_the_answer_are_shown_in_order(visit):
    visit.choose_picture()

    expect(visit.page.locator("#timing")).to_contain_text("compute")
    expect(visit.page.locator("#timing")).to_contain_text("total")


def test_another_method_gives_another_map(visit):
    visit.choose_picture()
    before = visit.pixels_of("#explained").astype(int)

    with visit.answer() as answered:
        visit.page.select_option("#method", "saliency")

    assert answered.value.url.endswith("/explain/saliency")
    expect(visit.page.locator("#explained")).to_have_attribute("aria-busy", "false")
    after = visit.pixels_of("#explained").astype(int)
    assert np.abs(before - after).mean() > 1
    expect(visit.page.locator("#curl")).to_contain_text("/explain/saliency")


def test_choosing_a_prediction_explains_that_class(visit):
    visit.choose_picture()
    second = visit.page.locator(".prediction").nth(1)
    label = second.locator(".label").inner_text()

    with visit.answer():
        second.click()

    expect(visit.page.locator("#explained-caption")).to_contain_text(f"“{label}”")
    expect(visit.page.locator(".prediction[aria-pressed=true]")).to_contain_text(label)


def test_the_call_shown_gives_the_overlay_shown(visit, tmp_path):
    visit.choose_picture()
    with visit.answer():
        visit.page.select_option("#colormap", "viridis")
    (tmp_path / "photo.png").write_bytes(picture())

    call = visit.page.locator("#curl").inner_text()
    subprocess.run(["sh", "-c", call], cwd=tmp_path, check=True, capture_output=True)

    assert "colormap=viridis" in call
    assert size_of(tmp_path / "overlay.png") == (64, 48)


def test_a_broken_file_is_refused_in_plain_words(visit):
    visit.choose("holiday.jpg", b"this is no picture")

    expect(visit.page.get_by_role("alert")).to_contain_text("no picture")
    expect(visit.page.locator(".prediction")).to_have_count(0)
    expect(visit.page.locator("#colours")).to_be_hidden()


def test_after_a_broken_file_a_good_one_is_explained(visit):
    visit.choose("holiday.jpg", b"this is no picture")
    expect(visit.page.get_by_role("alert")).to_contain_text("no picture")

    visit.choose_picture()

    expect(visit.page.locator(".note")).to_have_count(0)


def test_a_service_that_is_away_is_named_and_awaited(visit):
    visit.page.route("**/explain/**", lambda route: route.abort())
    visit.choose("photo.png", picture())
    expect(visit.page.get_by_role("alert")).to_contain_text("does not answer")
    visit.page.unroute("**/explain/**")

    with visit.answer():
        visit.page.get_by_role("button", name="Try again").click()

    expect(visit.page.locator(".note")).to_have_count(0)
    expect(visit.page.locator(".prediction")).to_have_count(2)


def test_nothing_is_asked_from_elsewhere_and_nothing_complains(visit, base_url):
    visit.choose_picture()

    own = (base_url, "data:image/", f"blob:{base_url}")
    assert [address for address in visit.addresses if not address.startswith(own)] == []
    assert visit.complaints == []


def test_the_keyboard_alone_reaches_and_works_everything(visit):
    visit.choose_picture()
    reached = []
    visit.page.locator("body").press("Tab")
    for _ in range(14):
        reached.append(visit.page.evaluate("document.activeElement.id"))
        visit.page.keyboard.press("Tab")
    assert {
        "file",
        "opacity",
        "model",
        "method",
        "target",
        "polarity",
        "colormap",
        "copy",
    } <= set(reached)

    visit.page.locator(".prediction").nth(1).focus()
    with visit.answer():
        visit.page.keyboard.press("Enter")
    assert visit.page.locator("#target").input_value() != ""


def test_every_control_has_a_name_for_a_screen_reader(visit):
    visit.choose_picture()
    controls = visit.page.locator("main :is(input, select, button)")

    for control in controls.all():
        assert control.evaluate(NAME_OF).strip()
    assert visit.page.locator("#status").inner_text().startswith(("cat", "dog"))


def test_a_phone_shows_everything_without_scrolling_sideways(visit):
    visit.page.set_viewport_size({"width": 360, "height": 740})
    visit.choose_picture()

    width = visit.page.evaluate("document.documentElement.scrollWidth")

    assert width == 360
    expect(visit.page.locator("#explained")).to_be_visible()


def test_under_a_prefix_the_page_finds_its_parts(page, base_url):
    def strip(route):
        response = route.fetch(url=route.request.url.replace("/prefix/", "/"))
        route.fulfill(response=response)

    page.route("**/prefix/**", strip)
    visit = Visit(page, f"{base_url}/prefix")
    visit.open()
    visit.choose_picture()

    paths = [address for address in visit.addresses if address.startswith("http")]
    assert all(address.startswith(f"{base_url}/prefix/") for address in paths)
    assert "/prefix/explain/gradcam" in page.locator("#curl").inner_text()


def test_the_documentation_lists_the_routes_without_the_internet(page, base_url):
    visit = Visit(page, base_url)
    visit.open("/docs")

    expect(page.locator(".opblock-summary-path", has_text="/predict")).to_be_visible()
    assert page.locator(".opblock").count() >= 6
    own = (base_url, "data:", f"blob:{base_url}")
    assert [address for address in visit.addresses if not address.startswith(own)] == []
    assert visit.complaints == []
