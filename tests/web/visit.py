"""One visit to the page: what a person does, and what the browser notes meanwhile."""

import io

import numpy as np
from PIL import Image
from playwright.sync_api import Page, Response, expect

from tests.processes import ROOT

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
"""The checker of accessibility, as `npm ci` puts it there."""

SERIOUS = ("serious", "critical")


class Visit:
    """Opens the page and keeps every address asked for and every complaint of the browser."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.page = page
        self.base_url = base_url
        self.addresses: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.addresses.append(request.url))
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str = "/") -> None:
        """Go to an address of the service; for the Explain view, wait for its choices."""
        self.page.goto(self.base_url + path)
        if path == "/" or path.startswith("/#/explain"):
            self.page.wait_for_selector("#model option", state="attached")

    def choose(self, name: str, content: bytes) -> None:
        """Choose a file."""
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.set_input_files("#file", file)

    def choose_picture(self) -> None:
        """Choose a picture and wait for its explanation."""
        with self.answer():
            self.choose("photo.png", picture())
        self.wait_for_maps()

    def answer(self):
        """Expect an answer to an explanation while the block runs."""
        return self.page.expect_response(_is_explanation)

    def wait_for_maps(self, count: int = 1) -> None:
        """Wait until so many maps are shown and none is under way."""
        expect(self.page.locator(".explained .colours")).to_have_count(count)
        expect(self.page.locator(".explained[aria-busy=true]")).to_have_count(0)

    def pixels_of(self, selector: str) -> np.ndarray:
        """Take the pixels of what is shown there: [H, W, 3] uint8."""
        self.page.mouse.move(0, 0)
        shot = self.page.locator(selector).screenshot()
        return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"))

    def set_opacity(self, value: str) -> None:
        """Move the slider."""
        self.page.locator("#opacity").fill(value)

    def serious_violations(self) -> list[str]:
        """Have axe look at the page as it stands: what is serious, and where."""
        # Not as an inline script, which the page's policy forbids.
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("axe.run()")["violations"]
        return [
            f"{violation['id']}: {node['html']} {node['failureSummary']}"
            for violation in found
            if violation["impact"] in SERIOUS
            for node in violation["nodes"]
        ]

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)


def picture(width: int = 64, height: int = 48) -> bytes:
    """Make a photograph-like PNG: a bright disc on a slope of greys."""
    down, right = np.mgrid[0:height, 0:width]
    pixels = np.stack([right * 3, down * 4, np.full_like(right, 90)], axis=-1)
    disc = (right - width * 0.6) ** 2 + (down - height * 0.4) ** 2 < (height / 5) ** 2
    pixels[disc] = (250, 220, 40)
    file = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(file, "png")
    return file.getvalue()


def _is_explanation(response: Response) -> bool:
    return "/explain/" in response.url
