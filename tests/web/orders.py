"""Jobs and datasets that tests of the page submit by other means than the page."""

import io
import zipfile
from typing import Any

import httpx

from tests.processes import wait_until

OPEN = ("queued", "running")


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


def archive(**files: bytes) -> bytes:
    """Make a zip file; `cat__1_png` becomes `cat/1.png`."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), content)
    return written.getvalue()
