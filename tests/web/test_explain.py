"""The Explain view in a real browser: from a picture to its explanation, shared and saved."""

import base64
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.processes import front
from tests.web.visit import Visit, picture

pytestmark = [pytest.mark.chromium, pytest.mark.processes]


def size_of(file: Path) -> tuple[int, int]:
    """Give width and height of a picture."""
    with Image.open(file) as opened:
        return opened.size


def explained(base_url: str, method: str, **fields: str) -> httpx.Response:
    """Ask the service itself about the picture."""
    return httpx.post(
        f"{base_url}/explain/{method}",
        data=fields,
        files={"image": ("photo.png", picture())},
        timeout=60,
    ).raise_for_status()


def raw_map(answer: httpx.Response) -> np.ndarray:
    """Read the map of an answer by other means than the page's: [H, W]."""
    raw = answer.json()["raw"]
    return np.frombuffer(base64.b64decode(raw["b64"]), raw["dtype"]).reshape(raw["shape"])


def test_the_empty_page_teaches_a_call_that_works(visit, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(picture())
    call = visit.page.locator("#call").inner_text()

    subprocess.run(["sh", "-c", call], cwd=tmp_path, check=True, capture_output=True)

    assert size_of(tmp_path / "overlay.png") == (64, 48)


def test_a_picture_is_classified_and_its_overlay_differs_from_it(visit):
    visit.choose_picture()

    predictions = visit.page.locator(".prediction")
    expect(predictions).to_have_count(2)
    expect(predictions.first).to_contain_text("%")
    expect(visit.page.locator(".explained + figcaption")).to_contain_text("What speaks for")
    expect(visit.page.locator(".timing")).to_contain_text("compute")
    original = visit.pixels_of(".sent .frame").astype(int)
    marked = visit.pixels_of(".explained").astype(int)
    assert original.shape == marked.shape
    assert np.abs(original - marked).mean() > 5


def test_the_slider_blends_as_the_service_would(visit, base_url):
    visit.choose_picture()
    visit.set_opacity("0")
    original = visit.pixels_of(".explained")
    visit.set_opacity("0.3")

    blended = visit.pixels_of(".explained")

    # The frames may begin at different parts of a pixel.
    sent = visit.pixels_of(".sent .frame")
    assert np.abs(original.astype(int) - sent.astype(int)).mean() < 1
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


def test_an_answer_from_the_cache_is_said_to_be_one(page, service):
    with front(service.redis_url, "tiny", store=service.store, cache_mebibytes=4) as base_url:
        visit = Visit(page, base_url)
        visit.open()
        visit.choose_picture()
        expect(page.locator(".timing")).to_contain_text("compute")
        expect(page.locator(".cached")).to_have_count(0)
        expect(page.locator(".sent .readout")).to_have_text("Kept in this tab only")

        # What has been computed is kept behind the answer.
        for _ in range(20):
            visit.page.reload()
            visit.wait_for_maps()
            if page.locator(".cached").count():
                break

        expect(page.locator(".cached")).to_have_text("from the cache")


def test_another_method_gives_another_map(visit):
    visit.choose_picture()
    before = visit.pixels_of(".explained").astype(int)

    with visit.answer() as answered:
        visit.page.select_option("#method-0", "saliency")

    assert answered.value.url.endswith("/explain/saliency")
    visit.wait_for_maps()
    after = visit.pixels_of(".explained").astype(int)
    assert np.abs(before - after).mean() > 1
    expect(visit.page.locator("#call")).to_contain_text("/explain/saliency")


def test_choosing_a_prediction_explains_that_class(visit):
    visit.choose_picture()
    second = visit.page.locator(".prediction").nth(1)
    label = second.locator(".label").inner_text()

    with visit.answer():
        second.click()

    expect(visit.page.locator(".explained + figcaption")).to_contain_text(f"“{label}”")
    expect(visit.page.locator(".prediction[aria-pressed=true]")).to_contain_text(label)


def test_a_class_is_held_against_another_at_a_layer_of_choice(visit):
    visit.choose_picture()
    with visit.answer():
        visit.page.select_option("#target", label="cat")
    with visit.answer():
        visit.page.select_option("#versus", label="dog")

    with visit.answer() as answered:
        visit.page.select_option("#layer", "first")

    assert answered.value.json()["layer"] == "first"
    caption = visit.page.locator(".explained + figcaption")
    expect(caption).to_contain_text("“cat” rather than “dog”")


def test_a_link_shows_others_the_same_view(visit, visitor):
    visit.open("/#/explain?picture=drawn-cat&methods=gradcam")
    visit.wait_for_maps()
    with visit.answer():
        visit.page.select_option("#method-0", "occlusion")
    with visit.answer():
        visit.page.select_option("#colormap", "viridis")
    visit.set_opacity("0.8")
    visit.wait_for_maps()
    link = visit.page.url

    visitor.page.goto(link)
    visitor.wait_for_maps()

    assert "methods=occlusion" in link
    assert "colormap=viridis" in link
    expect(visitor.page.locator(".explained + figcaption")).to_have_text(
        visit.page.locator(".explained + figcaption").inner_text()
    )
    np.testing.assert_array_equal(
        visitor.pixels_of(".explained"), visit.pixels_of(".explained")
    )


def test_an_answer_that_takes_a_while_is_said_to_be_computed(visit):
    held = []
    visit.page.route("**/explain/**", lambda route: held.append(route))
    visit.choose("photo.png", picture())

    expect(visit.page.locator(".working")).to_contain_text("Grad-CAM")
    held[0].continue_()

    visit.wait_for_maps()
    expect(visit.page.locator(".working")).to_have_count(0)


def test_an_own_picture_outlives_a_reload_but_stays_in_its_tab(visit, visitor):
    visit.choose_picture()
    with visit.answer():
        visit.page.select_option("#method-0", "saliency")
    visit.wait_for_maps()
    before = visit.pixels_of(".explained")
    expect(visit.page.locator(".sent .readout")).to_have_text("Kept in this tab only")

    visit.page.reload()
    visit.wait_for_maps()
    visitor.page.goto(visit.page.url)

    np.testing.assert_array_equal(visit.pixels_of(".explained"), before)
    expect(visitor.page.locator(".drop")).to_contain_text("Add the picture to this view")
    visitor.choose_picture()
    np.testing.assert_array_equal(visitor.pixels_of(".explained"), before)


def test_methods_stand_side_by_side_and_each_can_be_removed(visit):
    visit.choose_picture()
    with visit.answer():
        visit.page.locator("#add-method").click()
    visit.wait_for_maps(2)
    first = visit.pixels_of(".explained >> nth=0").astype(int)
    second = visit.pixels_of(".explained >> nth=1").astype(int)

    visit.page.get_by_role("button", name="Remove Grad-CAM").click()

    assert np.abs(first - second).mean() > 1
    visit.wait_for_maps(1)
    expect(visit.page.locator("#method-0")).to_have_value("saliency")
    assert "methods=saliency" in visit.page.url


def test_a_pointed_place_reads_the_value_that_the_service_computed(visit, base_url):
    visit.choose_picture()
    values = raw_map(explained(base_url, "gradcam", outputs="raw"))
    rows, columns = values.shape
    frame = visit.page.locator(".explained").bounding_box()
    row, column = rows - 1, 0

    # The picture is 64 × 48 in a square frame: an eighth of the frame is free above it.
    visit.page.mouse.move(
        frame["x"] + frame["width"] * (column + 0.5) / columns,
        frame["y"] + frame["height"] * (1 / 8 + 3 / 4 * (row + 0.5) / rows),
    )

    readout = visit.page.locator(".explained ~ .readout")
    expect(readout).to_contain_text(f"row {row + 1}, column {column + 1}")
    read = float(re.match(r"-?[\d.e-]+", readout.inner_text()).group())
    assert read == pytest.approx(values[row, column], rel=1e-3, abs=1e-12)


def test_arrow_keys_read_values_too(visit):
    visit.choose_picture()
    visit.page.locator(".explained").focus()

    for key in ("ArrowUp", "ArrowUp", "ArrowLeft"):
        visit.page.keyboard.press(key)

    expect(visit.page.locator(".explained ~ .readout")).to_contain_text("row")
    expect(visit.page.locator(".marker")).to_be_visible()


def test_the_settings_of_a_method_come_from_its_schema(visit):
    visit.choose_picture()
    with visit.answer():
        visit.page.select_option("#method-0", "integrated-gradients")
    visit.page.locator(".own summary").click()

    with visit.answer() as answered:
        visit.page.locator("#own-steps").fill("7")
        visit.page.locator("#own-steps").press("Enter")

    assert answered.value.json()["parameters"]["steps"] == 7
    assert "0.steps=7" in visit.page.url
    expect(visit.page.locator("#call")).to_contain_text("steps=7")


def test_a_setting_out_of_range_is_refused_by_name(visit):
    visit.open("/#/explain?picture=cat&methods=integrated-gradients&0.steps=0")

    expect(visit.page.get_by_role("alert")).to_contain_text("Steps: ")


def test_the_evidence_shown_is_what_the_service_measured(visit, base_url):
    visit.choose_picture()
    measured = explained(base_url, "gradcam", evidence="true", outputs="box")
    evidence = measured.json()["evidence"]

    visit.page.locator("#evidence").check()

    verdict = visit.page.locator(".verdict .badge")
    expect(verdict).to_contain_text(evidence["verdict"], ignore_case=True)
    expect(visit.page.locator(".reasons li")).to_have_count(len(evidence["reasons"]))
    assert "evidence=1" in visit.page.url


def test_the_saved_files_hold_what_is_shown(visit, base_url):
    visit.choose_picture()
    saved = {}
    for wish in ("picture", "numbers", "answer"):
        with visit.page.expect_download() as download:
            visit.page.locator(f"#save-{wish}").click()
        saved[wish] = Path(download.value.path()).read_bytes()

    direct = explained(base_url, "gradcam", outputs="overlay,raw")

    shown = np.asarray(Image.open(io.BytesIO(saved["picture"])))
    assert shown.shape == (48, 64, 3)
    np.testing.assert_array_equal(np.load(io.BytesIO(saved["numbers"])), raw_map(direct))
    assert json.loads(saved["answer"])["predictions"] == direct.json()["predictions"]


def test_the_curl_call_shown_gives_the_overlay_shown(visit, tmp_path):
    visit.choose_picture()
    with visit.answer():
        visit.page.select_option("#colormap", "viridis")
    (tmp_path / "photo.png").write_bytes(picture())

    call = visit.page.locator("#call").inner_text()
    subprocess.run(["sh", "-c", call], cwd=tmp_path, check=True, capture_output=True)

    assert "colormap=viridis" in call
    assert size_of(tmp_path / "overlay.png") == (64, 48)


def test_the_python_call_shown_runs_as_it_stands(visit, tmp_path):
    visit.open("/#/explain?picture=drawn-dog&methods=gradcam")
    visit.wait_for_maps()
    visit.page.get_by_role("button", name="Python").click()

    call = visit.page.locator("#call").inner_text()
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    subprocess.run(
        [sys.executable, "-c", call], cwd=tmp_path, check=True, env=environment, timeout=120
    )

    assert size_of(tmp_path / "overlay.png") == (384, 384)


def test_a_pasted_picture_is_explained(visit):
    with visit.answer():
        visit.page.evaluate(
            """(bytes) => {
                const carried = new DataTransfer();
                carried.items.add(new File([new Uint8Array(bytes)], "pasted.png"));
                document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carried }));
            }""",
            list(picture()),
        )

    visit.wait_for_maps()
    expect(visit.page.locator(".sent figcaption")).to_have_text("pasted.png")


def test_a_dropped_picture_is_explained(visit):
    with visit.answer():
        visit.page.evaluate(
            """(bytes) => {
                const carried = new DataTransfer();
                carried.items.add(new File([new Uint8Array(bytes)], "dropped.png"));
                const told = { dataTransfer: carried, bubbles: true, cancelable: true };
                document.body.dispatchEvent(new DragEvent("dragover", told));
                document.body.dispatchEvent(new DragEvent("drop", told));
            }""",
            list(picture()),
        )

    visit.wait_for_maps()
    expect(visit.page.locator(".drop")).to_have_count(0)


def test_a_broken_file_is_refused_in_plain_words_and_a_good_one_heals_it(visit):
    visit.choose("holiday.jpg", b"this is no picture")
    expect(visit.page.get_by_role("alert")).to_contain_text("no picture")
    expect(visit.page.locator(".prediction")).to_have_count(0)
    expect(visit.page.locator(".colours")).to_have_count(0)

    visit.choose_picture()

    expect(visit.page.locator(".note")).to_have_count(0)


def test_nothing_moves_when_the_answer_comes(page, base_url):
    visit = Visit(page, base_url)
    visit.open("/#/explain?picture=cat&methods=gradcam")
    visit.wait_for_maps()
    shifts = visit.page.evaluate(
        """() => new Promise((resolve) => new PerformanceObserver((list) => resolve(
            list.getEntries().map(({ value, sources }) => [value, sources.map(
                ({ node }) => node?.className ?? "")]))
        ).observe({ type: "layout-shift", buffered: true }) ?? setTimeout(resolve, 500, []))"""
    )

    assert sum(value for value, _ in shifts) < 0.005, shifts
