"""Jobs that lay out three families of pictures, over HTTP."""

import io
import zipfile

import httpx
import numpy as np
from PIL import Image

IMAGES_EACH = 30
"""Of each of the three families."""
SMALL_LAYOUT = {"projection": "tsne", "perplexity": 10, "grids": [2, 4], "min_density": 1}
"""t-SNE, since a process that has not used UMAP before compiles it for a minute."""
SMALL_ICONS = {"steps": 4, "icon_size": 32}


def family(number: int, *, noise: int) -> bytes:
    """Make a picture of one of three colours, with noise."""
    colours = [(230, 40, 40), (40, 200, 60), (50, 60, 220)]
    numbers = np.random.default_rng(noise)
    pixels = np.array(colours[number]) + numbers.normal(0, 25, (40, 40, 3))
    file = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(file, "png")
    return file.getvalue()


def families_archive() -> bytes:
    """Pack three families of pictures in two classes, and a file that is none."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        for number in range(3):
            for one in range(IMAGES_EACH):
                name = f"{'warm' if number == 0 else 'cold'}/{number}-{one:02}.png"
                files.writestr(name, family(number, noise=100 * number + one))
        files.writestr("cold/broken.png", b"no picture")
    return archive.getvalue()


def ended(client: httpx.Client, kind: str, params: dict, *, model: str = "tiny") -> dict:
    """Submit a job and wait for its end."""
    answer = client.post(
        "/jobs",
        json={"kind": kind, "model": model, "params": params},
        headers={"Prefer": "wait=60"},
        timeout=90.0,
    )
    assert answer.status_code in (200, 202), answer.text
    job = answer.json()
    while job["status"] in ("queued", "running"):
        with client.stream("GET", job["links"]["events"], timeout=90.0) as events:
            for _ in events.iter_lines():
                pass
        job = client.get(job["links"]["self"]).json()
    return job


def artifact(client: httpx.Client, job: dict, path: str) -> bytes:
    """Fetch a file of a job."""
    answer = client.get(f"{job['links']['artifacts']}/{path}")
    assert answer.status_code == 200, answer.text
    return answer.content
