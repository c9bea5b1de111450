"""The arithmetic of the page on scaling is done again, from the inputs that it states."""

import re
from pathlib import Path

import pytest

from api_schemas.atlas import AtlasParameters, estimate
from workers.jobs.atlas.collecting import SHARD_IMAGES
from workers.jobs.atlas.rendering import IconKind

PAGE = (Path(__file__).parents[2] / "docs" / "scaling.md").read_text(encoding="utf-8")
SECONDS_PER_HOUR = 3600
PUBLISHED = AtlasParameters(dataset="d", quality="published")
PIXEL_BYTES = 3


def number(text):
    return float(text.replace(",", ""))


def rows(heading):
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line.strip("|").split("|") for line in section.splitlines() if line[:1] == "|"]
    return [[cell.strip() for cell in line] for line in lines]


def inputs(heading):
    stated = (row for row in rows(heading) if row[0].startswith("`"))
    return {row[0].strip("`"): number(row[1]) for row in stated}


def results(heading):
    return [
        [number(cell) for cell in row]
        for row in rows(heading)
        if all(re.fullmatch(r"[\d,.]+", cell) for cell in row)
    ]


ATLAS, SERVED = "An atlas of a million images", "Explanations a second"


def hours_of(stated, gpus):
    """Time each stage of an atlas: collection, layout, rendering, and all of them."""
    images = min(stated["bare"] * stated["attributed"], stated["read"])
    collect = stated["images"] / (gpus * images)
    rest = (stated["images"] - stated["fitted"]) / stated["placed"]
    layout = stated["wide"] * (stated["fit_seconds"] + rest)
    render = stated["cells"] * stated["steps"] * stated["attempts"]
    render /= gpus * stated["icon_steps"]
    seconds = collect, layout, render, collect + layout + render
    return [one / SECONDS_PER_HOUR for one in seconds]


def test_the_order_is_that_of_the_published_quality():
    stated, told = inputs(ATLAS), estimate(PUBLISHED, images=10**6)

    assert (stated["images"], stated["cells"]) == (told.images, told.cells)
    assert stated["cells"] * stated["steps"] * stated["attempts"] == told.icon_steps
    assert stated["fitted"] == PUBLISHED.fit_points
    assert f"{told.icon_steps:,}" in PAGE


def test_every_row_of_the_atlas_follows_from_the_inputs():
    table = results(ATLAS)

    assert len(table) >= 4
    for gpus, *hours in table:
        for told, computed in zip(hours, hours_of(inputs(ATLAS), gpus), strict=True):
            assert told == pytest.approx(computed, abs=0.0501)


def test_the_numbers_of_tasks_are_those_of_the_stages():
    kind = IconKind.of(PUBLISHED, "any")

    assert f"{-(-(10**6) // SHARD_IMAGES):,} tasks" in PAGE
    assert f"{kind.tasks(int(inputs(ATLAS)['cells'])):,} tasks" in PAGE


def test_every_row_of_served_explanations_follows_from_the_inputs():
    stated, table = inputs(SERVED), results(SERVED)

    assert len(table) >= 3
    for gpus, images, cores, mebibytes in table:
        assert images == pytest.approx(gpus * stated["bare"] * stated["reached"], abs=0.5)
        assert cores == pytest.approx(images * stated["own_ms"] / 1000, abs=0.51)
        sent = images * stated["side"] ** 2 * PIXEL_BYTES
        assert mebibytes == pytest.approx(2 * sent / 1e6, abs=0.51)
