"""The views Features and Jobs: work ordered on the page, watched, cancelled and begun again."""

import re

import httpx
import pytest
from playwright.sync_api import expect

from tests.processes import front
from tests.web.orders import job_of, submit, wait_for_end
from tests.web.visit import Visit

pytestmark = [pytest.mark.chromium, pytest.mark.processes]

ORDER = "/#/features?model=tiny&objective=channel&layer=second&channels=0-1&size=32"
LONG = {"steps": 4096, "size": 64, "views": 16}
"""Minutes of work, in steps that are over at once."""


@pytest.fixture
def long_job(base_url):
    """Work that does not end while a test looks at it."""
    job = submit(base_url, **LONG)
    yield job
    httpx.delete(f"{base_url}/jobs/{job}", timeout=60)


def open_job(page, base_url: str, job: str) -> Visit:
    visit = Visit(page, base_url)
    visit.open(f"/#/jobs/{job}")
    return visit


def test_pictures_are_ordered_and_watched_until_they_are_done(page, base_url):
    visit = Visit(page, base_url)
    visit.open(f"{ORDER}&steps=40")
    expect(page.locator("#feature-channels")).to_have_value("0-1")

    page.locator("#start").click()

    expect(page.locator("#standing")).to_contain_text("Done")
    job = re.search(r"/features/(\w+)", page.url).group(1)
    ended = job_of(base_url, job)
    assert ended["status"] == "succeeded"
    assert {name: ended["params"][name] for name in ("layer", "steps", "size")} == {
        "layer": "second",
        "steps": 40,
        "size": 32,
    }
    grid = page.locator(".made img")
    expect(grid).to_have_js_property("complete", True)
    assert grid.evaluate("(image) => image.naturalWidth") > 100
    expect(page.locator(".plot path")).to_have_count(2)
    listed = httpx.get(f"{base_url}/jobs/{job}/artifacts").json()["artifacts"]
    expect(page.locator(".artifacts li")).to_have_count(len(listed))
    assert visit.complaints == []


def test_a_picture_is_seen_while_it_emerges(page, base_url, long_job):
    open_job(page, base_url, long_job)

    expect(page.locator(".made img")).to_have_attribute("src", re.compile("^data:image/png"))
    expect(page.locator("#standing")).to_contain_text("of 4096")


def test_what_is_being_written_survives_the_news_of_a_job(page, base_url, long_job):
    visit = Visit(page, base_url)
    visit.open(f"/#/features/{long_job}")
    expect(page.locator("#standing")).to_contain_text("of 4096")
    page.locator("#feature-steps").press_sequentially("77")
    seen = page.locator("#standing").inner_text()

    expect(page.locator("#standing")).not_to_have_text(seen)

    expect(page.locator("#feature-steps")).to_have_value("77")


def test_a_running_job_is_cancelled_and_begun_again_and_deleted(page, base_url, long_job):
    open_job(page, base_url, long_job)
    expect(page.locator("#standing")).to_contain_text("of 4096")

    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".job .badge")).to_contain_text("Cancelled")
    assert job_of(base_url, long_job)["status"] == "cancelled"

    page.get_by_role("button", name="Retry").click()
    expect(page.locator(".job .badge")).to_contain_text("Running")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".job .badge")).to_contain_text("Cancelled")

    page.get_by_role("button", name="Delete with its files").click()
    expect(page.locator(".note")).to_contain_text("Deleted")
    assert httpx.get(f"{base_url}/jobs/{long_job}").status_code == 404


def test_the_list_tells_how_every_job_stands(page, base_url, long_job):
    waiting = submit(base_url, **LONG)
    Visit(page, base_url).open("/#/jobs")

    row = page.locator(".jobs li", has=page.locator(f"a[href='#/jobs/{waiting}']"))
    expect(row).to_contain_text("Is next")
    httpx.delete(f"{base_url}/jobs/{waiting}")

    expect(row).to_contain_text("Cancelled")
    page.select_option("#status-filter", "running")
    expect(page.locator(f"a[href='#/jobs/{long_job}']")).to_be_visible()
    expect(row).to_have_count(0)
    assert "status=running" in page.url


def test_the_list_shows_one_kind_alone(page, base_url, long_job, atlas):
    Visit(page, base_url).open("/#/jobs")
    expect(page.locator(f"a[href='#/jobs/{long_job}']")).to_be_visible()

    page.select_option("#kind-filter", "atlas")

    expect(page.locator(f"a[href='#/jobs/{atlas}']")).to_be_visible()
    expect(page.locator(f"a[href='#/jobs/{long_job}']")).to_have_count(0)
    assert "kind=atlas" in page.url


def test_a_job_that_made_an_atlas_leads_to_it(page, base_url, atlas):
    open_job(page, base_url, atlas)

    expect(page.locator(".made img")).to_have_js_property("complete", True)
    page.get_by_role("link", name="Open the atlas").click()

    expect(page.locator("#shown")).to_contain_text("cells of a grid")


def test_more_steps_are_another_job_with_the_same_choices(page, base_url):
    job = submit(base_url, steps=4)
    ended = wait_for_end(base_url, job)
    Visit(page, base_url).open(f"/#/features/{job}")

    page.locator("#more-steps").click()

    expect(page).not_to_have_url(re.compile(job))
    again = job_of(base_url, re.search(r"/features/(\w+)", page.url).group(1))
    assert again["params"] == ended["params"] | {"steps": 8}


def test_a_failed_job_says_why_in_plain_words(page, base_url):
    job = submit(base_url, layer="no_such_layer")
    failed = wait_for_end(base_url, job)
    assert failed["status"] == "failed"

    open_job(page, base_url, job)

    expect(page.locator("#standing")).to_contain_text("no_such_layer")
    expect(page.get_by_role("button", name="Retry")).to_be_visible()


def test_an_order_that_cannot_be_is_refused_by_the_name_of_its_field(page, base_url):
    visit = Visit(page, base_url)
    visit.open(f"{ORDER}&steps=5000")
    expect(page.locator("#feature-steps")).to_have_value("5000")
    page.locator("form").evaluate("(form) => (form.noValidate = true)")

    page.locator("#start").click()

    expect(page.get_by_role("alert")).to_contain_text("steps")


def test_a_job_that_never_was_is_said_to_be_unknown(page, base_url):
    open_job(page, base_url, "0" * 32)

    expect(page.get_by_role("alert")).to_contain_text(re.compile("no job", re.IGNORECASE))


def test_a_job_is_followed_on_when_the_service_comes_back(page, service, long_job, monkeypatch):
    with front(service.redis_url, "tiny", store=service.store) as base_url:
        open_job(page, base_url, long_job)
        expect(page.locator("#standing")).to_contain_text("of 4096")
    expect(page.locator(".note").first).to_be_visible()
    port = int(base_url.rsplit(":", 1)[1])
    monkeypatch.setattr("tests.processes.free_port", lambda: port)

    with front(service.redis_url, "tiny", store=service.store):
        expect(page.locator(".note")).to_have_count(0)
        page.get_by_role("button", name="Cancel").click()
        expect(page.locator(".job .badge")).to_contain_text("Cancelled")
