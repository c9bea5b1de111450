"""The Atlas view: an atlas opened, moved, filtered, searched and shared; and one ordered."""

import io
import json
import re

import httpx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.processes import wait_until
from tests.web.orders import job_of
from tests.web.visit import Visit, picture

pytestmark = [pytest.mark.chromium, pytest.mark.processes]

COARSE, FINE = 4, 16
CLOSEST = 4.096
"""Three times 1.6."""
WHITE = 250
"""What is darker has something on it."""


class Atlas:
    """An atlas in the browser, beside what the service says of it."""

    def __init__(self, page: Page, base_url: str, identity: str) -> None:
        self.page, self.base_url, self.identity = page, base_url, identity
        self.visit = Visit(page, base_url)
        self.document = httpx.get(f"{base_url}/atlases/{identity}").json()

    def open(self, query: str = "") -> "Atlas":
        self.visit.open(f"/#/atlas/{self.identity}{query}")
        self.wait_for_rest()
        return self

    def cells(self, grid: int) -> list[dict]:
        path = f"jobs/{self.identity}/artifacts/cells/{grid}.json"
        return httpx.get(f"{self.base_url}/{path}").json()["cells"]

    def wait_for_rest(self) -> None:
        """Wait until every tile is there, and the view says where it is."""
        expect(self.page.locator(".deep-zoom[aria-busy=false]")).to_be_visible()
        expect(self.page.locator("#shown")).to_contain_text("cells of a grid")

    def zoom_to_the_finest(self) -> None:
        for _ in range(3):
            self.page.locator("#zoom-in").click()
        # The address tells where it is once it has come to rest.
        expect(self.page).to_have_url(re.compile(f"zoom={CLOSEST}"))
        expect(self.page.locator("#shown")).to_contain_text(f"{FINE} × {FINE}")
        self.wait_for_rest()

    def place_of(self, cell: dict, grid: int) -> tuple[float, float, float]:
        """Middle and side of a cell while the whole is seen: it fills the stage's height."""
        box = self.page.locator(".deep-zoom").bounding_box()
        side = min(box["width"], box["height"]) / grid
        left = box["x"] + box["width"] / 2 + (cell["x"] - grid / 2) * side
        top = box["y"] + box["height"] / 2 + (cell["y"] - grid / 2) * side
        return left + side / 2, top + side / 2, side

    def pixels_of(self, cell: dict, grid: int, part: float = 0.25) -> np.ndarray:
        """What is seen in the middle of a cell: [h, w, 3]."""
        self.page.mouse.move(0, 0)
        across, down, side = self.place_of(cell, grid)
        half = side * part / 2
        clip = {"x": across - half, "y": down - half, "width": 2 * half, "height": 2 * half}
        shot = self.page.screenshot(clip=clip)
        return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB")).astype(int)

    def influence(self, cell: dict, label: str) -> float:
        index = self.document["classes"].index(label)
        return cell["f"][self.document["filter_classes"].index(index)]


@pytest.fixture
def opened(page, base_url, atlas) -> Atlas:
    return Atlas(page, base_url, atlas).open()


def test_an_atlas_is_opened_from_the_list_and_shows_its_cells(page, base_url, atlas):
    Visit(page, base_url).open("/#/atlas")
    page.locator(f".earlier a[href='#/atlas/{atlas}']").click()
    opened = Atlas(page, base_url, atlas)
    opened.wait_for_rest()

    cells = opened.cells(COARSE)
    expect(page.locator("#shown")).to_contain_text(f"{len(cells)} cells")
    shown = [opened.pixels_of(cell, COARSE).mean() < WHITE for cell in cells]
    assert all(shown)
    assert opened.visit.complaints == []


def test_zooming_in_shows_a_finer_grid_and_the_mini_map(opened):
    expect(opened.page.locator(".navigator")).not_to_be_visible()

    opened.zoom_to_the_finest()

    expect(opened.page.locator("#shown")).to_contain_text(f"{len(opened.cells(FINE))} cells")
    expect(opened.page.locator(".navigator")).to_be_visible()
    opened.page.locator("#whole").click()
    expect(opened.page.locator("#shown")).to_contain_text(f"{COARSE} × {COARSE}")


def test_a_wheel_and_a_drag_move_the_atlas(opened):
    box = opened.page.locator("#stage").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    opened.page.mouse.move(*middle)

    opened.page.mouse.wheel(0, -400)

    expect(opened.page).to_have_url(re.compile("zoom="))
    before = opened.page.url
    opened.page.mouse.down()
    opened.page.mouse.move(middle[0] + 120, middle[1] + 60, steps=5)
    opened.page.mouse.up()
    expect(opened.page).not_to_have_url(before)


def test_a_class_fades_what_does_not_speak_for_it(opened):
    cells = sorted(opened.cells(COARSE), key=lambda cell: opened.influence(cell, "cat"))
    least, most = cells[0], cells[-1]
    assert opened.influence(least, "cat") < opened.influence(most, "cat") / 10
    opened.page.locator("#labels").uncheck()

    opened.page.select_option("#class", label="cat")
    opened.page.locator("#intensity").fill("-1")

    assert opened.pixels_of(least, COARSE).mean() > WHITE
    assert opened.pixels_of(most, COARSE).mean() < WHITE
    opened.page.select_option("#sign", "against")
    expect(opened.page.locator("#shown")).to_contain_text("against “cat”")
    assert opened.pixels_of(most, COARSE).mean() > WHITE


def test_intensity_makes_cells_appear_sooner(opened):
    opened.page.select_option("#class", label="cat")
    some = max(opened.cells(COARSE), key=lambda cell: opened.influence(cell, "cat"))
    opened.page.locator("#labels").uncheck()
    opened.page.locator("#intensity").fill("-2")
    faint = opened.pixels_of(some, COARSE).mean()

    opened.page.locator("#intensity").fill("1")

    assert opened.pixels_of(some, COARSE).mean() < faint


def test_two_classes_give_their_cells_two_colours(opened):
    def lead(cell: dict) -> float:
        return opened.influence(cell, "cat") - opened.influence(cell, "dog")

    opened.page.locator("#labels").uncheck()
    cells = sorted(opened.cells(COARSE), key=lead)
    plain = [opened.pixels_of(cell, COARSE).mean(axis=(0, 1)) for cell in (cells[0], cells[-1])]

    opened.page.select_option("#class", label="cat")
    opened.page.select_option("#versus", label="dog")
    opened.page.locator("#intensity").fill("2")

    dog, cat = (
        opened.pixels_of(cell, COARSE).mean(axis=(0, 1)) for cell in (cells[0], cells[-1])
    )
    # Blue for the class that is chosen, orange for the one that it is held against.
    assert lead(cells[0]) < 0 < lead(cells[-1])
    assert (cat - plain[1])[2] - (cat - plain[1])[0] > 5
    assert (dog - plain[0])[0] - (dog - plain[0])[2] > 5
    expect(opened.page.locator(".legend")).to_contain_text("cat")


def test_a_pointed_cell_shows_what_the_service_says_of_it(opened):
    cell = max(opened.cells(COARSE), key=lambda each: each["n"])
    across, down, _ = opened.place_of(cell, COARSE)

    opened.page.mouse.move(across, down)

    card = opened.page.locator("#cell-card")
    expect(card).to_contain_text(f"{cell['n']} activations")
    expect(card).to_contain_text(f"row {cell['y'] + 1}, column {cell['x'] + 1} of {COARSE}")
    first = card.locator(".adds li").first
    expect(first).to_contain_text(opened.document["classes"][cell["i"][0]])
    read = float(first.locator(".number").inner_text())
    assert read == pytest.approx(cell["v"][0], rel=1e-3)
    opened.page.mouse.move(0, 0)
    expect(card).not_to_be_visible()


def test_arrow_keys_go_from_cell_to_cell_and_are_spoken(opened):
    opened.page.locator("#stage").focus()
    cells = {(cell["x"], cell["y"]): cell for cell in opened.cells(COARSE)}
    opened.page.keyboard.press("ArrowRight")
    spoken = opened.page.locator("#spoken")
    expect(spoken).to_contain_text("row")
    before = spoken.inner_text()

    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "ArrowUp", "ArrowUp"):
        opened.page.keyboard.press(key)

    expect(spoken).not_to_have_text(before)
    row, column = map(int, re.findall(r"\d+", spoken.inner_text())[:2])
    assert f"{cells[column - 1, row - 1]['n']} activations" in spoken.inner_text()
    opened.page.keyboard.press("+")
    expect(opened.page).to_have_url(re.compile("zoom="))
    opened.page.keyboard.press("Escape")
    expect(spoken).to_have_text("")


def test_a_picture_is_found_where_the_service_says(opened):
    opened.visit.choose("photo.png", picture())
    found = opened.page.locator("#found")
    expect(found).to_contain_text("of it falls in")

    answer = httpx.post(
        f"{opened.base_url}/atlases/{opened.identity}/locate",
        files={"image": ("photo.png", picture())},
        timeout=60,
    ).json()
    here = sorted(
        (cell for cell in answer if cell["grid"] == COARSE), key=lambda cell: -cell["weight"]
    )
    expect(opened.page.locator(".found-list li")).to_have_count(min(6, len(here)))
    first = opened.page.locator(".found-list li").first
    expect(first).to_contain_text(f"row {here[0]['row'] + 1}, column {here[0]['column'] + 1}")
    opened.page.get_by_role("button", name="Take the marks away").click()
    expect(found).to_have_count(0)


def test_a_link_shows_others_the_same_place_filter_and_picture(opened, visitor, atlas):
    opened.page.select_option("#class", label="dog")
    opened.page.get_by_role("button", name="A drawn dog").click()
    expect(opened.page.locator("#found")).to_contain_text("of it falls in")
    opened.page.locator("#stage").focus()
    opened.page.keyboard.press("ArrowRight")
    expect(opened.page).to_have_url(re.compile(f"cell={COARSE},"))
    opened.zoom_to_the_finest()
    opened.page.mouse.move(0, 0)

    other = Atlas(visitor.page, opened.base_url, atlas)
    other.page.goto(opened.page.url)
    other.wait_for_rest()

    for part in ("#shown", "#found", "#spoken"):
        expect(other.page.locator(part)).to_have_text(opened.page.locator(part).inner_text())
    assert other.page.url == opened.page.url
    shots = [each.visit.pixels_of(".deep-zoom").astype(int) for each in (opened, other)]
    assert shots[0].shape == shots[1].shape
    assert np.abs(shots[0] - shots[1]).mean() < 1


def test_the_cells_stand_in_a_table_for_who_does_not_see_them(opened):
    opened.page.select_option("#class", label="dog")
    cells = sorted(opened.cells(COARSE), key=lambda cell: -opened.influence(cell, "dog"))

    opened.page.locator(".cells summary").click()

    rows = opened.page.locator(".cells tbody tr")
    expect(rows).to_have_count(min(20, len(cells)))
    first = rows.first
    place = f"row {cells[0]['y'] + 1}, column {cells[0]['x'] + 1} of {COARSE}"
    expect(first.locator("th")).to_have_text(place)
    expect(first.locator("td").first).to_have_text(str(cells[0]["n"]))
    first.get_by_role("button").click()
    expect(opened.page.locator("#spoken")).to_contain_text(place)


def test_ten_thousand_cells_take_no_element_each(page, base_url, atlas):
    grid = 100
    document = httpx.get(f"{base_url}/atlases/{atlas}").json()
    tile = httpx.get(f"{base_url}/jobs/{atlas}/artifacts/tiles/16/0_0.webp").content
    about = document["grids"][1] | {
        "grid": grid,
        "cells": grid**2,
        "points": grid**2 * 10,
        "cells_path": "cells/100.json",
        "tiles_path": "tiles/100",
    }
    cells = [
        {"x": x, "y": y, "n": 10, "i": [x > y], "v": [0.1], "f": [0.1, -0.1]}
        for y in range(grid)
        for x in range(grid)
    ]
    asked = []

    def answer(route):
        asked.append(route.request.url)
        if route.request.url.endswith(".webp"):
            route.fulfill(body=tile, content_type="image/webp")
        else:
            route.fulfill(json={"version": 1, "grid": grid, "cells": cells})

    page.route(
        "**/atlases/large", lambda route: route.fulfill(json=document | {"grids": [about]})
    )
    page.route("**/jobs/large/artifacts/**", answer)

    opened = Visit(page, base_url)
    opened.open("/#/atlas/large")
    expect(page.locator(".deep-zoom[aria-busy=false]")).to_be_visible()

    expect(page.locator("#shown")).to_contain_text("10000 cells")
    assert page.evaluate("document.querySelectorAll('*').length") < 1000
    # Every tile comes once, whatever levels are drawn of it.
    assert len(asked) == len(set(asked)) == 1 + 100
    assert opened.complaints == []


def test_an_atlas_is_ordered_with_its_cost_and_followed_to_its_end(page, base_url, atlas):
    dataset = job_of(base_url, atlas)["params"]["dataset"]
    before = {job["id"] for job in httpx.get(f"{base_url}/jobs").json()["jobs"]}
    Visit(page, base_url).open("/#/atlas")
    page.select_option("#order-dataset", dataset)
    page.locator(".own summary").click()
    written = {"samples": 30, "grids": "2,3", "steps": 2, "icon_size": 32, "min_density": 1}
    for name, value in (written | {"perplexity": 5}).items():
        page.locator(f"#order-{name}").fill(str(value))
        page.locator(f"#order-{name}").press("Tab")
    page.select_option("#order-projection", "tsne")

    page.locator("#ask-cost").click()

    cost = page.locator("#cost")
    expect(cost).to_contain_text("at most 13")
    expect(cost).to_contain_text("at most 26")
    # The dry run has left nothing behind.
    wait_until(
        lambda: {job["id"] for job in httpx.get(f"{base_url}/jobs").json()["jobs"]} == before,
        "the dry run's job is gone",
    )
    page.locator("#start").click()
    expect(page.locator("#shown")).to_contain_text("cells of a grid")
    made = re.search(r"/atlas/(\w+)", page.url).group(1)
    assert job_of(base_url, made)["params"]["grids"] == [2, 3]
    httpx.delete(f"{base_url}/jobs/{made}")


def test_without_an_atlas_the_list_teaches_how_to_begin(page, base_url):
    nothing = json.dumps({"atlases": [], "next_cursor": None, "datasets": [], "jobs": []})
    for listed in ("atlases", "datasets", "jobs?*"):
        page.route(
            f"**/{listed}",
            lambda route: route.fulfill(body=nothing, content_type="application/json"),
        )

    Visit(page, base_url).open("/#/atlas")

    expect(page.locator(".teaching")).to_contain_text("There is no atlas yet")
    expect(page.get_by_role("link", name="Add a dataset")).to_be_visible()


def test_a_map_that_is_being_made_is_listed_until_it_is_done(page, base_url, atlas):
    made = job_of(base_url, atlas)
    under_way = made | {"id": "f" * 32, "kind": "dataset-map", "status": "running"}
    others = made | {"id": "e" * 32, "kind": "explain-dataset", "status": "running"}
    jobs = [under_way, others]

    def answer(route):
        body = json.dumps({"jobs": list(jobs), "next_cursor": None})
        route.fulfill(body=body, content_type="application/json")

    page.route("**/jobs?status=running*", answer)
    Visit(page, base_url).open("/#/atlas")

    rows = page.get_by_role("region", name="Being made").locator("li")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("dataset map")
    jobs.clear()
    expect(rows).to_have_count(0)


def test_an_atlas_that_never_was_is_said_to_be_unknown(page, base_url):
    Visit(page, base_url).open(f"/#/atlas/{'0' * 32}")

    expect(page.get_by_role("alert")).to_contain_text(re.compile("no job", re.IGNORECASE))


def test_the_library_of_the_atlas_is_loaded_nowhere_else(page, base_url, atlas):
    visit = Visit(page, base_url)
    visit.open("/")
    assert [address for address in visit.addresses if "openseadragon" in address] == []

    Atlas(page, base_url, atlas).open()

    assert len([address for address in visit.addresses if "openseadragon" in address]) == 1
