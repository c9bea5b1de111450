"""The Datasets view: sending an archive, what there is, and deleting it."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.web.orders import archive
from tests.web.visit import Visit, picture

pytestmark = [pytest.mark.chromium, pytest.mark.processes]


@pytest.fixture
def datasets(page, base_url) -> Visit:
    visit = Visit(page, base_url)
    visit.open("/#/datasets")
    return visit


def send(visit: Visit, content: bytes, name: str = "pets.zip") -> None:
    file = {"name": name, "mimeType": "application/zip", "buffer": content}
    visit.page.set_input_files("#archive", file)


def test_an_archive_is_sent_listed_and_deleted(datasets, base_url):
    page = datasets.page
    packed = archive(cat__1_png=picture(), dog__2_png=picture(48, 64), cat__notes_txt=b"no")

    send(datasets, packed)

    expect(page.locator(".note")).to_contain_text("2 images; 1 files were left out")
    row = page.locator("tbody tr", has_text="pets")
    expect(row.locator("td").first).to_have_text("2")
    row.get_by_role("button", name="Delete pets").click()
    row.get_by_role("button", name="Delete for good").click()
    expect(row).to_have_count(0)
    assert httpx.get(f"{base_url}/datasets").json()["datasets"] == []
    expect(page.locator(".teaching")).to_contain_text("none yet")


def test_an_archive_without_images_is_refused_in_words(datasets):
    send(datasets, archive(cat__notes_txt=b"no image at all"))

    expect(datasets.page.get_by_role("alert")).to_be_visible()
    expect(datasets.page.locator("tbody tr")).to_have_count(0)
