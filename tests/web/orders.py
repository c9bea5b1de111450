"""Jobs, atlases and datasets that tests of the page submit by other means than the page."""

import io
import zipfile
from typing import Any

import httpx
import numpy as np
from PIL import Image

from tests.processes import wait_until

OPEN = ("queued", "running")
IMAGES_EACH = 20


def submit(base_url: str, **params: Any) -> str:
    """Submit pictures of two channels of the tiny model, small and quick unless said otherwise.

    Returns:
        The job's ID.
    """
    given = {"layer": "second", "channels": "0-1", "size": 32, "steps": 4, **params}
    answer = httpx.post(
        f"{base_url}/jobs",
        json={"kind": "activation-maximization", "model": "tiny", "params": given},
        timeout=60,
    )
    return answer.raise_for_status().json()["id"]


def job_of(base_url: str, job: str) -> dict[str, Any]:
    """Tell how a job stands."""
    return httpx.get(f"{base_url}/jobs/{job}", timeout=60).raise_for_status().json()


def wait_for_end(base_url: str, job: str) -> dict[str, Any]:
    """Wait until a job has ended."""
    wait_until(lambda: job_of(base_url, job)["status"] not in OPEN, f"job {job} ends")
    return job_of(base_url, job)


def make_atlas(base_url: str) -> str:
    """Make an atlas of the tiny model, of pictures in three colours; gives its job's ID.

    t-SNE, since a process that has not used UMAP before compiles it for a minute.
    """
    colours = {"cat": (230, 60, 40), "dog": (50, 60, 220), "grass": (40, 190, 60)}
    sent = archive(
        **{
            f"{name}__{number}_png": speckled(colour, seed=number)
            for name, colour in colours.items()
            for number in range(IMAGES_EACH)
        }
    )
    dataset = httpx.post(
        f"{base_url}/datasets", files={"archive": ("colours.zip", sent)}, timeout=60
    )
    params = {
        "dataset": dataset.raise_for_status().json()["id"],
        "positions_per_image": 4,
        "projection": "tsne",
        "perplexity": 10,
        "grids": [4, 16],
        "min_density": 1,
        "steps": 4,
        "icon_size": 64,
    }
    order = {"kind": "atlas", "model": "tiny", "params": params}
    answer = httpx.post(f"{base_url}/jobs", json=order, timeout=60)
    job: str = answer.raise_for_status().json()["id"]
    ended = wait_for_end(base_url, job)
    assert ended["status"] == "succeeded", ended
    return job


def speckled(colour: tuple[int, int, int], *, seed: int) -> bytes:
    """Make a PNG of one colour with noise."""
    noise = np.random.default_rng(seed).normal(0, 30, (40, 40, 3))
    pixels = np.clip(np.array(colour) + noise, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "png")
    return file.getvalue()


def archive(**files: bytes) -> bytes:
    """Make a zip file; `cat__1_png` becomes `cat/1.png`."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), content)
    return written.getvalue()
