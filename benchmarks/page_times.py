"""Measures the page's first overlay against the bare call that it makes.

    python -m benchmarks.page_times http://127.0.0.1:8000

All explain the same sample with Grad-CAM: the call until its answer has been read, from Python
and by the browser's own `fetch`; the page from the click on the sample until its overlay is
decoded and drawn.
"""

import argparse
import statistics
import sys
import time

import httpx
from playwright.sync_api import Page, sync_playwright

SAMPLE = "web/samples/cat.jpg"
FIELDS = {"outputs": "overlay,raw", "opacity": "1"}

BARE_FETCH = """async ([sample, fields]) => {
    const form = new FormData();
    form.append("image", await (await fetch(sample)).blob(), "cat.jpg");
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const begun = performance.now();
    await (await fetch("explain/gradcam", { method: "POST", body: form })).json();
    return performance.now() - begun;
}"""
"""Milliseconds of the call alone, made by the browser."""

FIRST_OVERLAY = """async () => {
    const begun = performance.now();
    document.querySelector(".sample").click();
    for (;;) {
        await new Promise(requestAnimationFrame);
        const shown = document.querySelector(".colours");
        const isBusy = document.querySelector(".explained[aria-busy=true]") !== null;
        if (shown !== null && !isBusy && performance.now() - begun > 1) {
            await shown.decode();
            return performance.now() - begun;
        }
    }
}"""
"""Milliseconds from a click on the first sample until its overlay can be seen."""


def main() -> None:
    """Measure in turns, and write the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("service", help="address of the service")
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    with sync_playwright() as playwright, httpx.Client(timeout=60) as client:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page()
        picture = client.get(f"{arguments.service}/{SAMPLE}").raise_for_status().content
        bare_call(client, arguments.service, picture)
        calls, fetches, overlays = [], [], []
        for _ in range(arguments.rounds):
            calls.append(bare_call(client, arguments.service, picture))
            overlays.append(first_overlay(page, arguments.service))
            fetches.append(page.evaluate(BARE_FETCH, [SAMPLE, FIELDS]))
        browser.close()
    medians = map(statistics.median, (calls, fetches, overlays))
    sys.stdout.write(
        "bare call {:.0f} ms, by fetch {:.0f} ms, overlay {:.0f} ms\n".format(*medians)
    )


def bare_call(client: httpx.Client, service: str, picture: bytes) -> float:
    """Make the call; in ms."""
    begun = time.perf_counter()
    answer = client.post(
        f"{service}/explain/gradcam", files={"image": ("cat.jpg", picture)}, data=FIELDS
    )
    answer.raise_for_status().json()
    return (time.perf_counter() - begun) * 1e3


def first_overlay(page: Page, service: str) -> float:
    """Open the page anew and choose a sample; in ms from the click."""
    page.goto("about:blank")
    page.goto(f"{service}/#/explain")
    page.locator(".sample").first.wait_for()
    page.wait_for_load_state("networkidle")
    milliseconds: float = page.evaluate(FIRST_OVERLAY)
    return milliseconds


if __name__ == "__main__":
    main()
