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


def send(visit: Visit, content: bytes, name: str) -> None:
    file = {"name": name, "mimeType": "application/zip", "buffer": content}
    visit.page.set_input_files("#archive", file)


def named(base_url: str, name: str) -> list[dict]:
    datasets = httpx.get(f"{base_url}/datasets").raise_for_status().json()["datasets"]
    return [dataset for dataset in datasets if dataset["name"] == name]


def test_an_archive_is_sent_listed_and_deleted(datasets, base_url):
    page = datasets.page
    packed = archive(cat__1_png=picture(), dog__2_png=picture(48, 64), cat__notes_txt=b"no")

    send(datasets, packed, "two.zip")

    expect(page.locator(".note")).to_contain_text("2 images; 1 files were left out")
    [sent] = named(base_url, "two")
    assert sent["classes"] == ["cat", "dog"]
    row = page.locator("tbody tr", has_text="two")
    expect(row.locator("td").first).to_have_text("2")
    row.get_by_role("button", name="Delete two").click()
    row.get_by_role("button", name="Delete for good").click()
    expect(row).to_have_count(0)
    assert named(base_url, "two") == []


def test_a_deletion_can_be_thought_better_of(datasets, base_url):
    send(datasets, archive(cat__1_png=picture()), "kept.zip")
    row = datasets.page.locator("tbody tr", has_text="kept")

    row.get_by_role("button", name="Delete kept").click()
    row.get_by_role("button", name="Keep").click()

    expect(row.get_by_role("button", name="Delete kept")).to_be_visible()
    [kept] = named(base_url, "kept")
    httpx.delete(f"{base_url}/datasets/{kept['id']}")


def test_an_archive_without_images_is_refused_in_words(datasets, base_url):
    send(datasets, archive(cat__notes_txt=b"no image at all"), "none.zip")

    expect(datasets.page.get_by_role("alert")).to_be_visible()
    assert named(base_url, "none") == []
