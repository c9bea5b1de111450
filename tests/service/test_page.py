"""The page as the front serves it: whole, relative, and never out of date."""

import re

import pytest

from tests.service.application import client_of

ADDRESS = re.compile(r'(?:src|href)="([^"]+)"')


@pytest.mark.parametrize("path", ["/", "/docs"])
async def test_whatever_the_page_names_is_served_from_beside_it(path):
    async with client_of() as client:
        page = await client.get(path)
        named = ADDRESS.findall(page.text)
        statuses = {address: (await client.get(f"/{address}")).status_code for address in named}

    assert page.status_code == 200
    assert named
    assert not [address for address in named if re.match(r"/|https?:", address)]
    assert set(statuses.values()) == {200}


async def test_browsers_ask_whether_they_have_the_newest_page():
    async with client_of() as client:
        page = await client.get("/")

    assert page.headers["Cache-Control"] == "no-cache"
    # What it loads has another name as soon as it has another content.
    assert re.search(r"web/index-[\w-]{8}\.js", page.text)


async def test_the_page_may_run_no_script_but_its_own_files():
    async with client_of() as client:
        page = await client.get("/")

    assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=", page.text)
