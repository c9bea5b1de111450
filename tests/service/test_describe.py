"""The OpenAPI document without a service: what the page's types are made from."""

import json
import subprocess
import sys

import pytest

from service.describe import NoParts, NothingToOpenError, openapi_document
from tests.processes import ROOT
from tests.service.application import client_of


async def test_the_document_is_the_one_that_a_service_answers():
    async with client_of() as client:
        answered = await client.get("/openapi.json")

    assert answered.json() == openapi_document()


def test_the_command_writes_what_the_page_was_built_from():
    written = subprocess.run(
        [sys.executable, "-m", "service.describe"], cwd=ROOT, check=True, capture_output=True
    ).stdout

    assert json.loads(written) == openapi_document()
    assert written.decode() == (ROOT / "web" / "openapi.json").read_text(), "run `make page`"


async def test_what_is_only_described_cannot_be_started():
    with pytest.raises(NothingToOpenError):
        async with NoParts():
            pass
