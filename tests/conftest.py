"""What every test shares: shapes checked as types, `../shared`, remedies for what is absent."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

from jaxtyping import install_import_hook

install_import_hook("core", "beartype.beartype")

# On a busy machine an example may take long, or be long in the making, without anything wrong.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

NEEDS = {
    "shared": (
        SHARED.is_dir(),
        "needs the photographs and the ImageNet network in ../shared",
    ),
    "redis": (
        all(map(shutil.which, ("redis-server", "openssl"))),
        "needs redis-server and openssl: apt-get install redis-server openssl",
    ),
    "chromium": (
        shutil.which("chromium") is not None,
        "needs chromium: apt-get install chromium",
    ),
    "curl": (
        shutil.which("curl") is not None,
        "needs curl: apt-get install curl",
    ),
    "node": (
        shutil.which("node") is not None,
        "needs Node 18 or later: apt-get install nodejs",
    ),
    "tritonclient": (
        find_spec("tritonclient") is not None,
        "needs tritonclient, which is in the dev group",
    ),
}
"""Markers whose tests are skipped where the thing is absent, with what to do about it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what cannot run here, and say what to do about it; the browser comes last.

    Playwright leaves a running event loop behind, in which no asynchronous test can run.
    """
    items.sort(key=lambda item: item.path.parent.name == "web")
    for item in items:
        for marker, (is_present, remedy) in NEEDS.items():
            if item.get_closest_marker(marker) and not is_present:
                item.add_marker(pytest.mark.skip(reason=remedy))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Turn a skip into a failure where skipping is forbidden."""
    report = yield
    if report.skipped and os.environ.get("VITRINE_FORBID_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped where skipping is forbidden: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of photographs and the ImageNet network."""
    return SHARED
