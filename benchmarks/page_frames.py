"""Measures how evenly the page draws an atlas of 10,000 cells while it is dragged.

    python -m benchmarks.page_frames http://127.0.0.1:8000

The service has to have an atlas: its first tile is shown in every place of a grid of 100 × 100,
which the browser is given in place of the atlas' own. A frame of a screen takes 16.7 ms.
"""

import argparse
import statistics
import sys
from typing import Any

import httpx
from playwright.sync_api import Page, Route, sync_playwright

GRID = 100
DRAGS, STEPS = 4, 30
ZOOMS = {"the whole": "", "closer": "?at=0.5,0.5&zoom=6"}

COUNT_FRAMES = """() => {
    window.frames_ms = [];
    let last = performance.now();
    const note = (now) => {
        window.frames_ms.push(now - last);
        last = now;
        requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
}"""


def main() -> None:
    """Drag the whole and a part of it, and write how long the frames took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("service", help="address of the service")
    service = parser.parse_args().service
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for name, query in ZOOMS.items():
            page = browser.new_page(viewport={"width": 1280, "height": 860})
            give_large_atlas(page, service)
            page.goto(f"{service}/#/atlas/large{query}")
            page.locator(".deep-zoom[aria-busy=false]").wait_for()
            frames = sorted(dragged(page))
            slow = frames[int(len(frames) * 0.95)]
            sys.stdout.write(
                f"{name}: {len(frames)} frames, median {statistics.median(frames):.1f} ms, "
                f"19 of 20 within {slow:.1f} ms\n"
            )
            page.close()
        browser.close()


def give_large_atlas(page: Page, service: str) -> None:
    """Answer what the page asks about the atlas `large`."""
    with httpx.Client(base_url=service, timeout=60) as client:
        newest = client.get("/atlases").raise_for_status().json()["atlases"][0]["id"]
        document: dict[str, Any] = client.get(f"/atlases/{newest}").json()
        about = document["grids"][-1]
        tile = client.get(f"/jobs/{newest}/artifacts/{about['tiles_path']}/0_0.webp").content
    document["grids"] = [
        about
        | {
            "grid": GRID,
            "cells": GRID**2,
            "points": 20 * GRID**2,
            "cells_path": "cells/large.json",
            "tiles_path": "tiles/large",
        }
    ]
    values = [0.0] * len(document["filter_classes"])
    cells = [
        {"x": x, "y": y, "n": 20, "i": [int(x > y)], "v": [1.0], "f": values}
        for y in range(GRID)
        for x in range(GRID)
    ]

    def answer(route: Route) -> None:
        if route.request.url.endswith(".webp"):
            route.fulfill(body=tile, content_type="image/webp")
        elif route.request.url.endswith("large.json"):
            route.fulfill(json={"version": 1, "grid": GRID, "cells": cells})
        else:
            route.fulfill(json=document)

    page.route("**/atlases/large", answer)
    page.route("**/jobs/large/artifacts/**", answer)


def dragged(page: Page) -> list[float]:
    """Drag the atlas to and fro; the milliseconds of every frame meanwhile."""
    box = page.locator("#stage").bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    across, down = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(across, down)
    page.evaluate(COUNT_FRAMES)
    page.mouse.down()
    for drag in range(DRAGS):
        aside = 200 if drag % 2 == 0 else -200
        page.mouse.move(across + aside, down + aside / 2, steps=STEPS)
    page.mouse.up()
    frames: list[float] = page.evaluate("window.frames_ms")
    return frames


if __name__ == "__main__":
    main()
