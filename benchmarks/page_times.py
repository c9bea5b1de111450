"""Measures the page's first overlay against the bare call that it makes.

    python -m benchmarks.page_times http://127.0.0.1:8000

All explain a photograph with Grad-CAM that nobody has sent before, so that no cache helps: the
call until its answer has been read, from Python and by the browser's own `fetch`; the page,
just opened, from the choice of the file until its overlay is decoded and drawn, beside the call
that it makes meanwhile: on a busy machine calls of other moments take another time.
"""

import argparse
import base64
import io
import statistics
import sys
import time
from collections.abc import Iterator

import httpx
import numpy as np
from PIL import Image
from playwright.sync_api import FilePayload, Page, sync_playwright

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
    for (;;) {
        await new Promise(requestAnimationFrame);
        const shown = document.querySelector(".colours");
        const isBusy = document.querySelector(".explained[aria-busy=true]") !== null;
        if (shown !== null && !isBusy && performance.now() - begun > 1) {
            await shown.decode();
            return performance.now() - begun;
        }
    }
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
        calls, fetches, own_calls, overlays = [], [], [], []
        for _ in range(arguments.rounds):
            calls.append(bare_call(client, arguments.service, next(new)))
            overlays.append(first_overlay(page, arguments.service, next(new)))
            own_calls.append(page.evaluate(OWN_CALL))
            encoded = base64.b64encode(next(new)).decode()
            fetches.append(page.evaluate(BARE_FETCH, [encoded, FIELDS]))
        browser.close()
    medians = map(statistics.median, (calls, fetches, own_calls, overlays))
    ratio = statistics.median(np.divide(overlays, own_calls))
    sys.stdout.write(
        "bare call {:.0f} ms, by fetch {:.0f} ms; the page's own {:.0f} ms, "
        "its overlay {:.0f} ms, {:.2f} of its own call\n".format(*medians, ratio)
    )


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
    file = FilePayload(name="cat.jpg", mimeType="image/jpeg", buffer=picture)
    page.set_input_files("#file", files=file)
    milliseconds: float = page.evaluate("window.firstOverlay")
    return milliseconds


if __name__ == "__main__":
    main()
