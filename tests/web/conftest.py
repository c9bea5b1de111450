"""A browser on the page of a real front, with a real worker and the tiny model."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.processes import front, valkey, worker
from tests.tiny_model import write_tiny_model
from tests.web.orders import make_atlas
from tests.web.visit import Visit

PATIENCE_MS = 90_000
"""A busy machine may take long over what takes a moment on an idle one."""

expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Service:
    """What runs behind the page."""

    redis_url: str
    store: Path
    base_url: str


@pytest.fixture(scope="session")
def service(tmp_path_factory) -> Iterator[Service]:
    models: Path = tmp_path_factory.mktemp("models")
    store: Path = tmp_path_factory.mktemp("store")
    write_tiny_model(models)
    with (
        valkey() as redis_url,
        worker(redis_url, models, store=store),
        front(redis_url, "tiny", store=store) as address,
    ):
        yield Service(redis_url, store, address)


@pytest.fixture(scope="session")
def base_url(service) -> str:
    return service.base_url


@pytest.fixture(scope="session")
def atlas(base_url) -> str:
    """A small atlas that is done."""
    return make_atlas(base_url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 860}, accept_downloads=True
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def visit(page, base_url) -> Visit:
    """The page, opened and with its choices filled."""
    visit = Visit(page, base_url)
    visit.open()
    return visit


@pytest.fixture
def visitor(browser, base_url) -> Iterator[Visit]:
    """Somebody else, who has never been here."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    context.set_default_timeout(PATIENCE_MS)
    yield Visit(context.new_page(), base_url)
    context.close()
