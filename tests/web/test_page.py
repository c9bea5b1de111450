"""What holds for every view of the page: its hosts, its policy, its readers, its service."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.processes import front
from tests.web.orders import archive, submit, wait_for_end
from tests.web.visit import AXE, Visit, picture

pytestmark = [pytest.mark.chromium, pytest.mark.processes]

EXPLAINED = "/#/explain?picture=drawn-cat&methods=gradcam,saliency&evidence=1"
VIEWS = {
    "empty": ("/", ".drop .sample"),
    "explained": (EXPLAINED, ".reasons"),
    "model": ("/#/model/tiny/first", ".grid-picture img"),
    "unit": ("/#/model/tiny/second?unit=1", ".signs figure"),
    "features": ("/#/features", "#feature-steps"),
    "jobs": ("/#/jobs", ".jobs li"),
    "job": ("/#/jobs/{job}", ".artifacts img"),
    "datasets": ("/#/datasets", "tbody tr"),
    "atlases": ("/#/atlas", ".earlier.is-large img"),
    "atlas": ("/#/atlas/{atlas}?class=cat&versus=dog&picture=drawn-dog", ".found-list li"),
}
"""Addresses, and what is there once the view is whole."""

NAME_OF = """(control) => control.getAttribute("aria-label")
    || [...(control.labels ?? [])].map((label) => label.textContent).join()
    || control.textContent"""
"""What a screen reader calls a control."""


@pytest.fixture(scope="module")
def made(base_url, atlas) -> dict[str, str]:
    """A job that has ended, an atlas and a dataset, so that no view is empty."""
    sent = {"archive": ("pets.zip", archive(cat__1_png=picture()))}
    dataset = httpx.post(f"{base_url}/datasets", files=sent, timeout=60).json()["id"]
    job = submit(base_url)
    wait_for_end(base_url, job)
    yield {"job": job, "atlas": atlas}
    httpx.delete(f"{base_url}/datasets/{dataset}")


def opened(page, base_url: str, view: str, made: dict[str, str] | None = None) -> Visit:
    """Open a view and wait until it is whole."""
    address, sign = VIEWS[view]
    visit = Visit(page, base_url)
    visit.open(address.format(**(made or {})))
    page.locator(sign).first.wait_for()
    if view == "explained":
        visit.wait_for_maps(2)
    if view == "atlas":
        page.locator(".deep-zoom[aria-busy=false]").wait_for()
    return visit


@pytest.mark.skipif(not AXE.exists(), reason="needs axe: run `npm ci` in web/")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_serious_violation(page, base_url, made, view, scheme):
    page.emulate_media(color_scheme=scheme)
    visit = opened(page, base_url, view, made)

    assert visit.serious_violations() == []


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_asked_from_elsewhere_and_nothing_complains(page, base_url, made, view):
    visit = opened(page, base_url, view, made)

    own = (base_url, "data:image/", f"blob:{base_url}")
    assert [address for address in visit.addresses if not address.startswith(own)] == []
    assert visit.complaints == []


@pytest.mark.parametrize(
    ("view", "answer", "lesson"),
    [
        ("jobs", '{"jobs": [], "next_cursor": null}', "Make a first one"),
        ("datasets", '{"datasets": []}', "pets.zip"),
    ],
)
def test_a_view_of_nothing_teaches_how_to_begin(page, base_url, view, answer, lesson):
    page.route(
        f"**/{view}",
        lambda route: route.fulfill(body=answer, headers={"Content-Type": "application/json"}),
    )

    Visit(page, base_url).open(f"/#/{view}")

    expect(page.locator(".teaching")).to_contain_text(lesson)


def test_the_policy_allows_no_inline_script(base_url):
    policy = httpx.get(base_url).headers["Content-Security-Policy"]

    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("view", VIEWS)
def test_a_phone_shows_everything_without_scrolling_sideways(page, base_url, made, view):
    page.set_viewport_size({"width": 360, "height": 740})

    visit = opened(page, base_url, view, made)

    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert visit.page.evaluate(sideways) == 0


def test_the_keyboard_alone_reaches_and_works_everything(visit):
    visit.open("/#/explain?picture=drawn-cat&methods=gradcam")
    visit.wait_for_maps()
    reached = []
    visit.page.locator("body").press("Tab")
    for _ in range(32):
        reached.append(visit.page.evaluate("document.activeElement.id"))
        visit.page.keyboard.press("Tab")
    controls = {"file", "opacity", "add-method", "model", "method-0", "target", "versus"}
    assert controls | {"layer", "polarity", "colormap", "evidence", "copy"} <= set(reached)

    visit.page.locator(".prediction").nth(1).focus()
    with visit.answer():
        visit.page.keyboard.press("Enter")
    assert visit.page.locator("#target").input_value() != ""


def test_every_control_has_a_name_for_a_screen_reader(page, base_url):
    visit = opened(page, base_url, "explained")

    for control in visit.page.locator("main :is(input, select, button)").all():
        assert control.evaluate(NAME_OF).strip()
    assert visit.page.locator("#status").inner_text().startswith(("cat", "dog"))


def test_under_a_prefix_the_page_finds_its_parts(page, base_url):
    def strip(route):
        response = route.fetch(url=route.request.url.replace("/prefix/", "/"))
        route.fulfill(response=response)

    page.route("**/prefix/**", strip)
    visit = Visit(page, f"{base_url}/prefix")
    visit.open("/")
    visit.choose_picture()

    paths = [address for address in visit.addresses if address.startswith("http")]
    assert all(address.startswith(f"{base_url}/prefix/") for address in paths)
    assert "/prefix/explain/gradcam" in page.locator("#call").inner_text()


def test_a_service_that_comes_back_is_asked_again(page, service, monkeypatch):
    with front(service.redis_url, "tiny") as base_url:
        visit = Visit(page, base_url)
        visit.open()
        visit.choose_picture()
    page.select_option("#method-0", "saliency")
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    port = int(base_url.rsplit(":", 1)[1])
    monkeypatch.setattr("tests.processes.free_port", lambda: port)

    with front(service.redis_url, "tiny"):
        expect(page.get_by_role("alert")).to_have_count(0)
        visit.wait_for_maps()
        expect(page.locator("#call")).to_contain_text("/explain/saliency")


def test_a_refusal_that_may_pass_can_be_tried_again_at_once(visit):
    visit.page.route(
        "**/explain/**",
        lambda route: route.fulfill(
            status=503,
            headers={"Retry-After": "60", "Content-Type": "application/problem+json"},
            body='{"title": "Redis is away", "code": "broker_unavailable", "detail": "away"}',
        ),
    )
    visit.choose("photo.png", picture())
    expect(visit.page.get_by_role("alert")).to_contain_text("lost its Redis")
    visit.page.unroute("**/explain/**")

    with visit.answer():
        visit.page.get_by_role("button", name="Try again").click()

    expect(visit.page.locator(".note")).to_have_count(0)
    expect(visit.page.locator(".prediction")).to_have_count(2)


def test_an_unknown_address_shows_the_first_view(page, base_url):
    visit = Visit(page, base_url)
    visit.page.goto(f"{base_url}/#/nowhere/at/all")

    expect(visit.page.locator(".drop")).to_be_visible()


def test_the_documentation_lists_the_routes_without_the_internet(page, base_url):
    visit = Visit(page, base_url)
    visit.open("/docs")

    expect(page.locator(".opblock-summary-path", has_text="/predict")).to_be_visible()
    assert page.locator(".opblock").count() >= 6
    own = (base_url, "data:", f"blob:{base_url}")
    assert [address for address in visit.addresses if not address.startswith(own)] == []
    assert visit.complaints == []
