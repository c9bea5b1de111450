"""The documentation builds as a site without a warning, whole, and asks no other host."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from docs.site_pages import ELSEWHERE
from tests.documentation_site import ROOT, build_site

DOCS = ROOT / "docs"
CONFIGURATION = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
"""Elements for which a browser asks by itself, and the attribute that says where."""


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    ended = build_site(folder)
    assert ended.returncode == 0, ended.stderr
    assert "WARNING" not in ended.stderr
    return folder


class Addresses(HTMLParser):
    """Collects what a page asks for and where it leads."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.fetched: set[str] = set()
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if FETCHED.get(tag) in found and found.get("rel") != "canonical":
            self.fetched.add(found[FETCHED[tag]])
        if tag == "a" and "href" in found:
            self.links.add(found["href"])
        if "id" in found:
            self.anchors.add(found["id"])


def named_in_order() -> list[str]:
    """Give the pages that the order of reading names."""
    parts = [pages for part in CONFIGURATION["nav"] for pages in part.values()]
    return [
        one if isinstance(one, str) else next(iter(one.values()))
        for pages in parts
        for one in pages
    ]


def test_the_order_of_reading_in_mkdocs_yml_has_every_page_once_and_no_other():
    named, there = named_in_order(), {path.name for path in DOCS.glob("*.md")}

    assert there - set(named) == set(), (
        "these pages of docs/ are missing from nav in mkdocs.yml"
    )
    assert set(named) - there - set(ELSEWHERE) == set(), "nav in mkdocs.yml names pages of none"
    assert len(named) == len(set(named))


def test_every_page_is_built(site):
    assert {path.stem for path in site.glob("*.html")} == {
        "404",
        *(name.removesuffix(".md") for name in named_in_order()),
    }


def test_a_page_asks_no_other_host_for_anything(site):
    for page in site.glob("*.html"):
        asked = Addresses(page).fetched
        assert asked, page
        assert {one for one in asked if re.match(r"(?:\w+:)?//", one)} == set(), page
    for style in site.rglob("*.css"):
        outside = re.findall(
            r"(?:url\(|@import )[\"']?(?:https?:)?//[^)\"' ]*", style.read_text()
        )
        assert outside == [], style


def test_every_link_within_the_site_leads_to_a_file_and_a_heading_of_it(site):
    pages = {page.name: Addresses(page) for page in site.glob("*.html") if page.stem != "404"}

    for name, page in pages.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            if re.match(r"\w+:", link) or target.startswith("."):
                continue
            assert (site / (target or name)).is_file(), f"{name}: {link}"
            if anchor:
                assert anchor in pages[target or name].anchors, f"{name}: {link}"


def test_the_readme_is_the_start_and_its_links_stay_on_the_site(site):
    start = Addresses(site / "index.html")
    text = (site / "index.html").read_text(encoding="utf-8")

    assert "methods.html" in start.links
    assert not [link for link in start.links | start.fetched if "docs/" in link]
    assert ">The HTTP interface</a>" in text
    # Commands are run from the repository, where the file is.
    assert "@docs/pictures/cat.jpg" in text


def test_the_card_of_the_bundled_model_is_a_page_that_training_leads_to(site):
    card = (site / "model_card.html").read_text(encoding="utf-8")

    assert "Cats and dogs" in card
    assert "model_card.html" in Addresses(site / "training.html").links


def test_nothing_but_pages_and_pictures_of_docs_is_published(site):
    assert not list(site.rglob("*.py"))
    assert {path.name for path in (site / "pictures").iterdir()} == {
        path.name for path in (DOCS / "pictures").iterdir()
    }


def test_no_words_for_tests_are_left_in_a_page(site):
    for page in site.glob("*.html"):
        assert "notest" not in page.read_text(encoding="utf-8")
        assert "```" not in page.read_text(encoding="utf-8")
