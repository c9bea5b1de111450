"""The page on faults claims nothing that no test stands on, and names codes that there are."""

import re
from pathlib import Path

import pytest

from service.problem_table import ANSWERS, JOB_ENDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
WRITTEN = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^(?:async )?def (test_\w+)\(", path.read_text(), re.MULTILINE)
}
NAMED = sorted(set(re.findall(r"`(test_\w+)`", PAGE)))
ROWS = [
    line
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| fault |")
]
STATUSES = {
    answer.code: int(answer.status) for answer in (*ANSWERS.values(), *JOB_ENDS.values())
}


def test_the_page_names_a_good_many_faults():
    assert len(ROWS) > 30


@pytest.mark.parametrize("name", NAMED)
def test_every_test_that_the_page_names_is_there(name):
    assert name in WRITTEN


@pytest.mark.parametrize("row", ROWS)
def test_every_fault_of_the_page_has_a_test(row):
    assert "`test_" in row.rsplit("|", 2)[1]


@pytest.mark.parametrize(("status", "code"), sorted(set(re.findall(r"(\d{3}) `(\w+)`", PAGE))))
def test_every_code_of_the_page_is_answered_with_that_status(status, code):
    assert STATUSES[code] == int(status)
