"""Sections are measured by themselves, and what is not measured keeps its text."""

from dataclasses import replace

import pytest

from api_schemas.auto import AUTO_METHOD
from api_schemas.method import Method
from api_schemas.methods import METHODS
from benchmarks.errors import MarkMissingError
from benchmarks.kernel_plans import CHOSEN_PLANS, PLANS, plan_of
from benchmarks.precision import FAMILIES
from benchmarks.report import replaced
from benchmarks.sections import SECTIONS

PAGE = """# Page

<!-- measured: one -->

old one

<!-- end of one -->

## Between

<!-- measured: two -->

old two

<!-- end of two -->
"""


def test_a_section_replaces_its_own_text_and_no_other():
    page = replaced(PAGE, "one", "new one")

    assert page == PAGE.replace("old one", "new one")


def test_a_section_may_be_measured_again_and_again():
    once = replaced(PAGE, "two", "new")

    assert replaced(once, "two", "new") == once


@pytest.mark.parametrize(
    "page",
    [
        "",
        PAGE.replace("<!-- end of one -->\n", ""),
        PAGE.replace("<!-- measured: one -->\n", ""),
    ],
    ids=["empty", "not closed", "not opened"],
)
def test_a_page_without_a_place_for_a_section_is_left_alone(page):
    with pytest.raises(MarkMissingError, match="one"):
        replaced(page, "one", "new one")


@pytest.mark.parametrize(("name", "section"), SECTIONS.items(), ids=SECTIONS)
def test_every_section_has_a_place_on_its_page_and_is_measured_by_its_module(name, section):
    page = section.page.read_text(encoding="utf-8")
    source = (section.page.parents[1] / f"{section.module.replace('.', '/')}.py").read_text()

    assert "new text" in replaced(page, name, "new text")
    assert f"def {name}_section() -> str:" in source


def test_every_method_is_timed_and_every_plan_is_of_a_method():
    assert set(PLANS) == set(METHODS) - {AUTO_METHOD.name}
    assert set(CHOSEN_PLANS) <= set(PLANS)


def test_a_new_method_is_timed_without_being_asked_for():
    new = Method("new", "New", "New.", "nobody", "1", polarity="both")

    assert plan_of(new).bare == "backward"
    assert plan_of(replace(new, is_long=True)).bare == "images"


def test_every_method_is_compared_in_both_precisions():
    families = [method.name for methods in FAMILIES.values() for method in methods]

    assert sorted(families) == sorted(PLANS)


@pytest.mark.parametrize("name", PLANS)
def test_every_plan_gives_a_method_parameters_that_it_takes(name):
    own = METHODS[name].parameters

    assert own.model_validate(PLANS[name].parameters)
