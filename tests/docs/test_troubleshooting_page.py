"""The page of troubleshooting has a section for every code, and links to what there is."""

import re
from pathlib import Path

import pytest

from service.problem_table import ANSWERS, INTERNAL_ERROR, JOB_ENDS, STATUS_CODES

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "troubleshooting.md").read_text(encoding="utf-8")
PAGES = ("deployment.md", "operations.md", "troubleshooting.md", "decisions.md")

CODES = {
    *(answer.code for answer in (*ANSWERS.values(), *JOB_ENDS.values())),
    *(code for code, _ in STATUS_CODES.values()),
    INTERNAL_ERROR[0],
}


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_a_section_that_says_what_to_do(code):
    heading = f"\n#### `{code}`\n"
    assert PAGE.count(heading) == 1

    section = PAGE.split(heading)[1].split("\n#")[0]
    assert len(section.split()) >= 5


def test_no_section_is_about_a_code_that_is_never_answered():
    assert set(re.findall(r"^#### `(\w+)`$", PAGE, re.MULTILINE)) == CODES


def anchors(page: str) -> set[str]:
    """Give the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in headings
    }


@pytest.mark.parametrize("page", PAGES)
def test_the_links_of_a_page_lead_somewhere(page):
    text = (DOCS / page).read_text(encoding="utf-8")

    for target in re.findall(r"\]\(([^):]*?)\)", text):
        name, _, anchor = target.partition("#")
        assert (DOCS / (name or page)).is_file(), target
        assert not anchor or anchor in anchors(name or page), target


@pytest.mark.parametrize("page", PAGES)
def test_the_index_names_every_page_of_operation(page):
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")

    assert f"(docs/{page})" in readme
