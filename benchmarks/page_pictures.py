"""Takes the pictures of `docs/page.md`: every view of a running service, by size and scheme.

    python -m benchmarks.page_pictures http://127.0.0.1:8000 docs/pictures

Needs Debian's chromium, and a service with the bundled model. What the pictures show is made
first: a job of feature visualization, a dataset of the samples, and its strongest images.
The newest atlas is shown, which is the one that ships with the model if there is no other.
"""

import argparse
import io
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

import httpx
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WEBP_QUALITY = 82
PATIENCE_SECONDS = 300
DRAWINGS = ("cat", "dog")

EVERY_IMAGE = "Promise.all([...document.images].map((each) => each.decode().catch(() => null)))"
"""Waits until the images can be seen."""


class Shown(NamedTuple):
    """A view, and what is there once it is whole."""

    address: str
    sign: str


VIEWS: Mapping[str, Shown] = {
    "start": Shown("#/explain", ".drop .sample"),
    "explain": Shown(
        "#/explain?picture=cat&methods=gradcam,occlusion&evidence=1",
        ".explain:not(:has([aria-busy=true])) .reasons li",
    ),
    "model": Shown("#/model/catsdogs/conv2_block1_preact_relu", ".grid-picture img"),
    "unit": Shown(
        "#/model/catsdogs/post_relu?unit=53",
        ".model:has(.weights):has(.grid-picture img) .strongest img",
    ),
    "features": Shown("#/features/{job}", ".made img"),
    "jobs": Shown("#/jobs", ".jobs li"),
    "datasets": Shown("#/datasets", "tbody tr"),
    "atlases": Shown("#/atlas", ".earlier.is-large img"),
    "atlas": Shown(
        "#/atlas/{atlas}?class=cat&versus=dog&intensity=1.5&picture=cat",
        ".atlas:has(.deep-zoom[aria-busy=false]) .found-list li",
    ),
}


def main() -> None:
    """Take every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("service", help="address of the service")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--views", nargs="*", choices=VIEWS, default=list(VIEWS))
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    made = {"job": make_contents(arguments.service), "atlas": newest_atlas(arguments.service)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for name, picture in pictures(browser, arguments.service, arguments.views, made=made):
            path = arguments.folder / f"page_{name}.webp"
            Image.open(io.BytesIO(picture)).save(path, quality=WEBP_QUALITY, method=6)
        browser.close()


def pictures(
    browser: Browser, service: str, views: list[str], *, made: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Take the pictures of some views: name and PNG of each."""
    for size, (width, height) in SIZES.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            context.set_default_timeout(PATIENCE_SECONDS * 1e3)
            page = context.new_page()
            # The Model view shows the maps of the picture that the Explain view had before.
            page.goto(f"{service}/#/explain?picture=cat")
            page.locator(".colours").wait_for()
            for view in views:
                address, sign = VIEWS[view]
                if "{atlas}" in address and not made["atlas"]:
                    continue
                if view == "start":
                    page.goto("about:blank")
                page.goto(f"{service}/{address.format(**made)}")
                page.locator(sign).first.wait_for()
                page.evaluate(EVERY_IMAGE)
                page.mouse.move(0, 0)
                yield f"{view}_{size}_{scheme}", page.screenshot(full_page=True)
            context.close()


def make_contents(service: str) -> str:
    """Make what the views show, and wait for it; gives the job's ID."""
    with httpx.Client(base_url=service, timeout=PATIENCE_SECONDS) as client:
        datasets = client.get("/datasets").raise_for_status().json()["datasets"]
        if not datasets:
            sent = {"archive": ("samples.zip", samples(client))}
            datasets = [client.post("/datasets", files=sent).raise_for_status().json()]
        done(client, "strongest-images", {"dataset": datasets[0]["id"]})
        return done(
            client, "activation-maximization", {"objective": "logit", "classes": list(DRAWINGS)}
        )


def done(client: httpx.Client, kind: str, params: Mapping[str, Any]) -> str:
    """Have a job done, once; gives its ID."""
    job = client.post(
        "/jobs",
        json={"kind": kind, "model": "catsdogs", "params": params},
        headers={"Idempotency-Key": f"page pictures: {kind}"},
    )
    identity: str = job.raise_for_status().json()["id"]
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        shown: dict[str, Any] = client.get(f"/jobs/{identity}").json()
        if shown["finished_at"]:
            break
        time.sleep(1.0)
    return identity


def newest_atlas(service: str) -> str:
    """Find the atlas that is shown; "" where there is none."""
    atlases = httpx.get(f"{service}/atlases").raise_for_status().json()["atlases"]
    return str(atlases[0]["id"]) if atlases else ""


def samples(client: httpx.Client) -> bytes:
    """Pack the samples by class."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in DRAWINGS:
            drawn = client.get(f"/web/samples/drawn-{name}.jpg").raise_for_status()
            archive.writestr(f"{name}/{name}.jpg", drawn.content)
        photograph = client.get("/web/samples/cat.jpg").raise_for_status()
        archive.writestr("cat/chelsea.jpg", photograph.content)
    return packed.getvalue()


if __name__ == "__main__":
    main()
