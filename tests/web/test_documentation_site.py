"""The documentation in a real browser: read and searched, without any other host."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.documentation_site import build_site

pytestmark = pytest.mark.chromium


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where the site is served."""
    folder = tmp_path_factory.mktemp("site")
    assert build_site(folder).returncode == 0
    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join()


def test_reading_and_searching_ask_nobody_but_the_site_itself(browser, address):
    page = browser.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(f"{address}/index.html")
    page.get_by_role("link", name="Explanation methods").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Explanation methods")
    page.get_by_role("textbox", name="Search").fill("traceparent")
    expect(page.locator(".md-search-result__item").first).to_contain_text("Traces")
    page.close()

    assert [one for one in asked if not one.startswith((address, "data:", "blob:"))] == []
    assert complaints == []
