"""A line of the log is one JSON object that names the request or job that it is about."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import structlog

from messaging.json_log import asked_by

ROOT = Path(__file__).parents[2]

TWO_LINES = """
import structlog
from messaging.json_log import configure_log
configure_log()
log = structlog.get_logger()
with structlog.contextvars.bound_contextvars(request="abc"):
    log.info("within", model="tiny")
log.info("without")
"""


def test_a_line_names_what_its_process_is_at_and_nothing_else():
    ended = subprocess.run(
        [sys.executable, "-c", TWO_LINES], cwd=ROOT, capture_output=True, text=True, check=True
    )

    within, without = [json.loads(line) for line in ended.stderr.splitlines()]
    assert (within["event"], within["request"], within["model"]) == ("within", "abc", "tiny")
    assert "request" not in without
    assert {"level", "timestamp"} <= set(within)


async def test_requests_that_run_side_by_side_keep_their_names_apart():
    async def answer(name: str) -> str:
        with structlog.contextvars.bound_contextvars(request=name):
            await asyncio.sleep(0)
            return await asyncio.create_task(later())

    async def later() -> str:
        await asyncio.sleep(0)
        return asked_by()

    names = [f"request-{index}" for index in range(20)]
    assert await asyncio.gather(*map(answer, names)) == names
    assert asked_by() == ""


DAMAGED_TIFF = """
import sys
from messaging.json_log import configure_log
configure_log()
from PIL import TiffImagePlugin
from core.errors import ImageError
from core.images.decode import decode_image
from tests.fuzz.real_files import images
whole = next(file for file in images() if file.startswith(b"II*"))
for place in range(8, len(whole)):
    try:
        decode_image(whole[:place] + b"\\xff\\xee\\xdd" + whole[place + 3:], max_pixels=10_000)
    except ImageError:
        pass
kept = getattr(TiffImagePlugin, "__warningregistry__", {})
print(len(kept.keys() - {"version"}))
"""


def test_what_decoders_say_of_damaged_files_is_neither_logged_nor_remembered():
    ended = subprocess.run(
        [sys.executable, "-c", DAMAGED_TIFF],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert ended.stdout == "0\n"
    assert "Warning" not in ended.stderr
