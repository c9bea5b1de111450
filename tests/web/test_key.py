"""A service that asks for an API key: the page asks for it, sends it, and forgets it."""

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.processes import wait_until
from tests.web.orders import submit, wait_for_end
from tests.web.visit import AXE, Visit

pytestmark = [pytest.mark.chromium, pytest.mark.processes]

KEY = "vitrine_3f9a0c12b4de_secret"
REFUSAL = '{"title": "API key needed", "code": "unauthenticated", "detail": "no key"}'
OPEN_PATHS = ("/", "/openapi.json", "/docs")


def guard(context: BrowserContext, base_url: str) -> list[str]:
    """Let requests through to the service only with the key; lists those that had none."""
    refused: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(base_url).split("#")[0]
        has_key = route.request.headers.get("authorization") == f"Bearer {KEY}"
        if has_key or path in OPEN_PATHS or path.startswith("/web/"):
            route.continue_()
            return
        refused.append(path)
        route.fulfill(status=401, body=REFUSAL, content_type="application/problem+json")

    context.route(f"{base_url}/**", answer)
    return refused


def enter(page: Page, key: str) -> None:
    page.locator("#key").fill(key)
    page.locator("#key").press("Enter")


def test_a_key_is_asked_for_once_and_opens_the_view(page, base_url):
    guard(page.context, base_url)
    page.goto(f"{base_url}/#/jobs")
    expect(page.locator("#key-title")).to_have_text("The service asks for a key")

    enter(page, KEY)

    expect(page.locator("#jobs-title")).to_be_visible()
    expect(page.locator("#key")).to_have_count(0)
    page.reload()
    expect(page.locator("#forget-key")).to_be_visible()
    expect(page.locator("#key")).to_have_count(0)


def test_a_key_that_the_service_does_not_take_is_said_to_be_none(page, base_url):
    guard(page.context, base_url)
    page.goto(f"{base_url}/#/datasets")

    enter(page, "vitrine_of_somebody_else")

    expect(page.locator("#key-title")).to_have_text("The service does not take this key")


def test_a_job_is_followed_and_its_pictures_seen_with_the_key(page, base_url):
    job = submit(base_url, steps=400, size=64)
    refused = guard(page.context, base_url)
    page.goto(f"{base_url}/#/jobs/{job}")
    enter(page, KEY)
    expect(page.locator("#standing")).to_be_visible()
    refused.clear()

    wait_for_end(base_url, job)

    expect(page.locator("#standing")).to_contain_text("Done")
    whole = page.locator("a.made img")
    # The page's own policy forbids what Playwright evaluates again and again inside of it.
    wait_until(lambda: whole.evaluate("it => it.naturalWidth") > 100, "the picture is there")
    assert whole.get_attribute("src").startswith("blob:")
    assert refused == []
    with page.expect_download() as saved:
        whole.click()
    assert saved.value.suggested_filename == "grid.png"


def test_an_atlas_is_drawn_with_the_key(page, base_url, atlas):
    refused = guard(page.context, base_url)
    page.goto(f"{base_url}/#/atlas/{atlas}?picture=drawn-cat")
    enter(page, KEY)
    refused.clear()

    expect(page.locator(".deep-zoom[aria-busy=false]")).to_be_visible()

    expect(page.locator("#found")).to_contain_text("of it falls in")
    assert refused == []


def test_a_forgotten_key_is_asked_for_again_and_no_other_tab_has_it(page, base_url):
    guard(page.context, base_url)
    page.goto(f"{base_url}/#/jobs")
    enter(page, KEY)
    expect(page.locator("#forget-key")).to_be_visible()

    other = page.context.new_page()
    other.goto(f"{base_url}/#/jobs")
    expect(other.locator("#key")).to_be_visible()
    page.locator("#forget-key").click()

    expect(page.locator("#key-title")).to_have_text("The service asks for a key")
    assert page.evaluate("sessionStorage.getItem('vitrine.key')") is None


@pytest.mark.skipif(not AXE.exists(), reason="needs axe: run `npm ci` in web/")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation_where_a_key_is_asked_for(page, base_url, scheme):
    page.emulate_media(color_scheme=scheme)
    guard(page.context, base_url)
    visit = Visit(page, base_url)
    page.goto(f"{base_url}/#/jobs")
    page.locator("#key").wait_for()

    assert visit.serious_violations() == []
