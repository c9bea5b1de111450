"""`docs/evidence.md` has a heading for every reason, and names every number and method."""

import re
from pathlib import Path

import pytest

from api_schemas.auto import CANDIDATES, Choice
from api_schemas.evidence import MapEvidence
from core.measure.evidence import Evidence
from core.measure.verdict import verdict

PAGE = (Path(__file__).parents[2] / "docs/evidence.md").read_text(encoding="utf-8")

GOOD = Evidence(
    insertion=1.0, random_insertion=0.0, deletion=0.0, random_deletion=1.0, score_drop=0.0,
    completeness_gap=0.0, noise_stability=1.0, randomized_similarity=0.0,
)  # fmt: skip
BAD = Evidence(
    insertion=0.0, random_insertion=1.0, deletion=1.0, random_deletion=0.0, score_drop=1.0,
    completeness_gap=1.0, noise_stability=0.0, randomized_similarity=1.0,
)  # fmt: skip


def test_the_headings_are_the_codes_that_a_verdict_can_have():
    codes = {reason.code for one in (GOOD, BAD) for reason in verdict(one).reasons}

    section = PAGE.split("## The `reasons`\n")[1].split("\n## ")[0]
    assert set(re.findall(r"^### (\w+)$", section, flags=re.MULTILINE)) == codes


@pytest.mark.parametrize("name", [*MapEvidence.model_fields, *Choice.model_fields, *CANDIDATES])
def test_every_member_and_every_method_that_competes_is_named(name):
    assert f"`{name}`" in PAGE
