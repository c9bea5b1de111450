"""Measures the page's first overlay against the bare call that it makes.

    python -m benchmarks.page_times http://127.0.0.1:8000

All explain a photograph with Grad-CAM that nobody has sent before, so that no cache helps, and
ask for the same. They take turns, each after a rest, in which the page also does what it has
put off: the call until its answer has been read, from Python and by the browser's own `fetch`;
the page, just opened, from the choice of a file until a frame begins with its overlay decoded,
beside the call that it makes meanwhile. The bar is the overlay within 1.5 times the bare call.
What watches the page waits for its changes, not for every frame: a loop of frames would take
from the service what it measures.
"""

import argparse
import base64
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator

import httpx
import numpy as np
from PIL import Image
from playwright.sync_api import Page, sync_playwright

REST_SECONDS = 1.0
"""Before everything that is measured; the page has done by then what can wait."""

SAMPLE = "web/samples/cat.jpg"
FIELDS = {"outputs": "overlay,raw", "opacity": "1"}

BARE_FETCH = """async ([encoded, fields]) => {
    const form = new FormData();
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    form.append("image", new Blob([bytes], { type: "image/jpeg" }), "cat.jpg");
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const begun = performance.now();
    await (await fetch("explain/gradcam", { method: "POST", body: form })).json();
    return performance.now() - begun;
}"""
"""Milliseconds of the call alone, made by the browser."""

FIRST_OVERLAY = """() => void (window.firstOverlay = (async () => {
    const begun = await new Promise((resolve) => {
        const tell = () => resolve(performance.now());
        document.addEventListener("change", tell, { capture: true, once: true });
    });
    const shown = await new Promise((resolve) => {
        const watcher = new MutationObserver(() => {
            const colours = document.querySelector(".explained[aria-busy=false] .colours");
            if (colours !== null) resolve(colours);
        });
        watcher.observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await shown.decode();
    await new Promise(requestAnimationFrame);
    return performance.now() - begun;
})())"""
"""Promises the milliseconds from the choice of a file until its overlay can be seen."""


OWN_CALL = """() => {
    const calls = performance.getEntriesByType("resource");
    return calls.findLast(({ name }) => name.endsWith("explain/gradcam")).duration;
}"""
"""Milliseconds of the call that the page made for its overlay."""


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
        sample = client.get(f"{arguments.service}/{SAMPLE}").raise_for_status().content
        new = photographs(sample)
        bare_call(client, arguments.service, next(new))
        rounds = [
            one_round(page, client, arguments.service, new) for _ in range(arguments.rounds)
        ]
        browser.close()
    calls, overlays, own_calls, fetches = np.transpose(rounds)
    medians = map(statistics.median, (calls, fetches, own_calls, overlays))
    ratios = (statistics.median(overlays / base) for base in (calls, fetches, own_calls))
    sys.stdout.write(
        "bare call {:.0f} ms, by fetch {:.0f} ms; the page's own {:.0f} ms, its overlay "
        "{:.0f} ms: {:.2f}, {:.2f} and {:.2f} times these calls\n".format(*medians, *ratios)
    )


def one_round(
    page: Page, client: httpx.Client, service: str, new: Iterator[bytes]
) -> tuple[float, float, float, float]:
    """Measure the call, the page's overlay, its own call, and the call by `fetch`; in ms."""
    time.sleep(REST_SECONDS)
    call = bare_call(client, service, next(new))
    overlay = first_overlay(page, service, next(new))
    own_call: float = page.evaluate(OWN_CALL)
    encoded = base64.b64encode(next(new)).decode()
    page.wait_for_timeout(REST_SECONDS * 1e3)
    fetch: float = page.evaluate(BARE_FETCH, [encoded, FIELDS])
    return call, overlay, own_call, fetch


def photographs(sample: bytes) -> Iterator[bytes]:
    """Make photographs of one, each a little darker or lighter in a place of its own."""
    pixels = np.asarray(Image.open(io.BytesIO(sample)).convert("RGB"))
    generator = np.random.default_rng()
    while True:
        changed = pixels.astype(np.int16)
        row, column = (int(generator.integers(side // 2)) for side in pixels.shape[:2])
        changed[row : row + 60, column : column + 60] += int(generator.integers(-60, 60))
        file = io.BytesIO()
        Image.fromarray(changed.clip(0, 255).astype(np.uint8)).save(file, "JPEG", quality=92)
        yield file.getvalue()


def bare_call(client: httpx.Client, service: str, picture: bytes) -> float:
    """Make the call; in ms."""
    begun = time.perf_counter()
    answer = client.post(
        f"{service}/explain/gradcam", files={"image": ("cat.jpg", picture)}, data=FIELDS
    )
    answer.raise_for_status().json()
    return (time.perf_counter() - begun) * 1e3


def first_overlay(page: Page, service: str, picture: bytes) -> float:
    """Open the page anew and choose a file; in ms from the choice."""
    page.goto("about:blank")
    page.goto(f"{service}/#/explain")
    page.locator(".sample").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate(FIRST_OVERLAY)
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        file.write(picture)
        file.flush()
        page.wait_for_timeout(REST_SECONDS * 1e3)
        # By its path: bytes would be unpacked by the page's own thread just before.
        page.set_input_files("#file", file.name)
        milliseconds: float = page.evaluate("window.firstOverlay")
    return milliseconds


if __name__ == "__main__":
    main()
