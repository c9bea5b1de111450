"""The Model view: layers, their filters, and what they answer to the picture."""

import base64
import io
import re

import httpx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.web.orders import archive, job_of, speckled, submit, wait_for_end
from tests.web.visit import Visit, picture

pytestmark = [pytest.mark.chromium, pytest.mark.processes]

FIRST = "/#/model/tiny/first"


def shown_picture(page, title: str) -> np.ndarray:
    """Read the picture of a card: [H, W, 3]."""
    image = page.get_by_role("region", name=title).locator(".grid-picture img")
    _, content = image.get_attribute("src").split(",", 1)
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(content))).convert("RGB"))


def served_picture(answer: httpx.Response) -> np.ndarray:
    grid = base64.b64decode(answer.raise_for_status().json()["grid"])
    return np.asarray(Image.open(io.BytesIO(grid)).convert("RGB"))


def unpictured_channel(base_url: str, layer: str) -> str:
    """Choose a channel of a layer that no job has been asked to picture."""
    jobs = httpx.get(f"{base_url}/jobs", params={"kind": "activation-maximization"}).json()
    asked = [job["params"] for job in jobs["jobs"] if job["params"].get("layer") == layer]
    listed = httpx.get(f"{base_url}/models/tiny/layers").json()["layers"]
    count = next(one["output_shape"][-1] for one in listed if one["name"] == layer)
    # The last ones first: other tests picture 0 to 1.
    channels = map(str, reversed(range(count)))
    return next(one for one in channels if all(one not in job["channels"] for job in asked))


def test_the_layers_are_listed_as_the_service_lists_them(page, base_url):
    Visit(page, base_url).open("/#/model")
    layers = httpx.get(f"{base_url}/models/tiny/layers").json()["layers"]

    names = page.locator(".layer-list .layer-name")
    expect(names).to_have_text([layer["name"] for layer in layers])
    expect(page.locator(".layer-list a[aria-current=true]")).to_contain_text("second")


def test_a_layer_has_an_address_and_shows_its_filters(page, base_url):
    Visit(page, base_url).open(FIRST)

    filters = served_picture(httpx.get(f"{base_url}/models/tiny/layers/first/filters"))

    expect(page.locator("#layer-title")).to_have_text("first")
    np.testing.assert_array_equal(shown_picture(page, "What it has learned"), filters)


def test_a_layer_shows_its_maps_of_the_picture_that_was_dropped(page, base_url):
    Visit(page, base_url).open(FIRST)
    page.evaluate(
        """(bytes) => {
            const carried = new DataTransfer();
            carried.items.add(new File([new Uint8Array(bytes)], "dropped.png"));
            const told = { dataTransfer: carried, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new DragEvent("drop", told));
        }""",
        list(picture()),
    )

    maps = httpx.post(
        f"{base_url}/explain/feature-maps",
        data={"layer": "first"},
        files={"image": ("dropped.png", picture())},
        timeout=60,
    )

    expect(page.get_by_role("region", name="What it answers")).to_contain_text("Strongest")
    np.testing.assert_array_equal(
        shown_picture(page, "What it answers to the picture"), served_picture(maps)
    )


def test_a_layer_without_maps_or_filters_says_so(page, base_url):
    layers = httpx.get(f"{base_url}/models/tiny/layers").json()["layers"]
    last = layers[-1]["name"]

    Visit(page, base_url).open(f"/#/model/tiny/{last}")

    expect(page.get_by_role("region", name="What it answers")).to_contain_text("no maps")
    expect(page.get_by_role("region", name="What it has learned")).to_contain_text("no filters")


def test_a_word_finds_layers_by_name_and_type(page, base_url):
    Visit(page, base_url).open("/#/model")
    expect(page.locator(".layer-list .layer-name").first).to_be_visible()

    page.locator("#search").fill("conv2d")

    expect(page.locator(".layer-list .layer-name")).to_have_text(["first", "second"])


def test_from_a_layer_the_way_leads_to_its_features(page, base_url):
    Visit(page, base_url).open(FIRST)

    page.get_by_role("link", name="What its channels look for").click()

    expect(page.locator("#layer")).to_have_value("first")
    expect(page.locator("#feature-channels")).to_have_value("0-3")


def test_a_channel_has_a_page_of_its_own_with_pictures_for_good(page, base_url, visitor):
    Visit(page, base_url).open("/#/explain?picture=drawn-cat")
    page.locator(".colours").wait_for()
    page.goto(f"{base_url}/#/model/tiny/second")
    page.locator(".hint a", has_text="channel").first.click()
    expect(page.locator("#layer-title")).to_contain_text(re.compile(r"Channel \d of second"))
    channel = unpictured_channel(base_url, "second")
    page.goto(f"{base_url}/#/model/tiny/second?unit={channel}")
    expect(page.locator("#layer-title")).to_have_text(f"Channel {channel} of second")
    filters = served_picture(
        httpx.get(f"{base_url}/models/tiny/layers/second/filters", params={"channels": channel})
    )
    np.testing.assert_array_equal(shown_picture(page, "What it has learned"), filters)

    page.locator("#make-unit").click()

    expect(page.locator(".signs .made img[src*='grid.png']")).to_have_count(2)
    visitor.page.goto(page.url)
    expect(visitor.page.locator(".signs .made img[src*='grid.png']")).to_have_count(2)
    expect(visitor.page.locator("#make-unit")).to_have_count(0)
    jobs = httpx.get(f"{base_url}/jobs", params={"kind": "activation-maximization"}).json()[
        "jobs"
    ]
    ours = [job["params"] for job in jobs if job["params"]["channels"] == channel]
    assert sorted(params["negative"] for params in ours) == [False, True]
    assert {params["layer"] for params in ours} == {"second"}


def test_a_picture_made_among_others_stands_on_the_channels_page(page, base_url):
    job = submit(base_url, layer="first", channels="3,1-2")
    wait_for_end(base_url, job)

    Visit(page, base_url).open("/#/model/tiny/first?unit=2")

    shown = page.locator(".signs .made img")
    expect(shown).to_have_attribute("src", f"jobs/{job}/artifacts/pictures/002.png")
    # What lowers it has not been made.
    expect(page.locator("#make-unit")).to_be_visible()


def test_a_channel_shows_who_reads_it_and_with_which_weights(page, base_url):
    readers = httpx.get(
        f"{base_url}/models/tiny/layers/second/readers", params={"channel": 2}
    ).json()["readers"]
    Visit(page, base_url).open("/#/model/tiny/second?unit=2")

    card = page.get_by_role("region", name="What reads it")

    expect(card.locator(".reader")).to_have_text([reader["layer"] for reader in readers])
    strongest = readers[0]["strongest"]
    expect(card.locator(".class-name")).to_have_text([unit["label"] for unit in strongest])
    for row, unit in zip(card.locator("li").all(), strongest, strict=True):
        assert float(row.locator(".number").inner_text()) == pytest.approx(
            unit["weight"], rel=1e-3
        )
        sign = "is-for" if unit["weight"] > 0 else "is-against"
        expect(row.locator(".part")).to_have_class(re.compile(sign))


def test_from_a_reader_the_way_leads_to_its_own_page(page, base_url):
    Visit(page, base_url).open("/#/model/tiny/first?unit=1")

    link = page.get_by_role("region", name="What reads it").get_by_role("link").first
    channel = link.inner_text().removeprefix("channel ")
    link.click()

    expect(page.locator("#layer-title")).to_have_text(f"Channel {channel} of second")


def test_the_strongest_images_are_looked_for_once_and_seen_by_others(page, base_url, visitor):
    colours = {"red": (230, 50, 40), "green": (40, 200, 60), "blue": (40, 60, 230)}
    sent = archive(
        **{f"all__{name}_png": speckled(colour, seed=3) for name, colour in colours.items()}
    )
    dataset = httpx.post(
        f"{base_url}/datasets",
        files={"archive": ("colours.zip", sent)},
        data={"name": "three"},
        timeout=60,
    ).json()["id"]
    Visit(page, base_url).open("/#/model/tiny/second?unit=0")
    page.select_option("#strongest-dataset", dataset)

    page.locator("#find-strongest").click()

    card = page.get_by_role("region", name="Which images it answers to most")
    expect(card).to_contain_text("3 images")
    [job] = httpx.get(f"{base_url}/jobs", params={"kind": "strongest-images"}).json()["jobs"]
    file = httpx.get(f"{base_url}/jobs/{job['id']}/artifacts/strongest.json").json()
    for channel, one in enumerate(file["channels"][:3]):
        visitor.page.goto(f"{base_url}/#/model/tiny/second?unit={channel}")
        theirs = visitor.page.get_by_role("region", name="Which images it answers to most")
        expect(theirs.locator(".strongest li")).to_have_count(len(one["images"]))
        expect(theirs).to_contain_text("3 images")
        paths = [image.get_attribute("alt") for image in theirs.locator("img").all()]
        assert paths == [image["path"] for image in one["images"]]
    assert job_of(base_url, job["id"])["params"]["layer"] == "second"
    httpx.delete(f"{base_url}/jobs/{job['id']}")
    httpx.delete(f"{base_url}/datasets/{dataset}")


def test_a_channel_that_the_layer_has_not_shows_the_layer(page, base_url):
    Visit(page, base_url).open("/#/model/tiny/second?unit=999")

    expect(page.locator("#layer-title")).to_have_text("second")
