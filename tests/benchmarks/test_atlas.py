"""What the benchmark of atlases orders, reads and works out of what it has measured."""

import datetime
import io
import json
import zipfile

import numpy as np
import pytest
from PIL import Image

from api_schemas.atlas import estimate
from benchmarks.atlas_collection import LOOKED, CollectionTimes, collection_text
from benchmarks.atlas_growth import Growth, growth_rows, growth_text
from benchmarks.atlas_layout_stage import LayoutCosts
from benchmarks.atlas_layout_stage import read_costs as read_layout_costs
from benchmarks.atlas_render_stage import RenderCost
from benchmarks.atlas_render_stage import read_costs as read_render_costs
from benchmarks.atlas_sizes import ACTIVATIONS, StageCost, atlas_of, cost_of
from benchmarks.atlas_workers import (
    COLLECT,
    LAYOUT,
    RENDER,
    Division,
    DoneTask,
    division_text,
    done_tasks,
    packed,
)
from benchmarks.peak_memory import peak_mebibytes

NOON = datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.UTC)


def done(worker, stage, task, second):
    return DoneTask(worker, stage, task, NOON + datetime.timedelta(seconds=second))


def line(worker, stage, task, second, *, job="j1", event="job task done"):
    at = (NOON + datetime.timedelta(seconds=second)).isoformat().replace("+00:00", "Z")
    told = {"kind": "atlas", "task": f"{stage}:{task}", "job": job, "event": event}
    return f"vitrine: {worker}: {json.dumps(told | {'timestamp': at})}"


DIVISION = Division(
    4,
    NOON,
    (
        done("worker 1", COLLECT, 0, 10),
        done("worker 2", COLLECT, 1, 14),
        done("worker 1", COLLECT, 2, 18),
        done("worker 3", LAYOUT, 0, 25),
        done("worker 2", RENDER, 0, 31),
        done("worker 4", RENDER, 1, 40),
    ),
)


@pytest.mark.parametrize("activations", ACTIVATIONS)
def test_an_order_makes_as_many_activations_as_its_size_says(activations):
    told = estimate(atlas_of(activations, dataset="d"), images=2_000)

    # Whole images of 64 places each: at most one image more than needed.
    assert activations <= told.activations < activations + 64
    assert told.images <= 2_000


def test_work_is_told_with_its_amount_and_the_time_of_a_processor():
    def work():
        total = 0.0
        while total < 1e5:
            total += 1.0
        return 7

    cost = cost_of(work)

    assert cost.amount == 7
    assert cost.core_seconds > 0
    assert cost.per_second == pytest.approx(7 / cost.core_seconds)


def test_the_peak_of_memory_rises_with_what_is_taken():
    before = peak_mebibytes()

    taken = np.ones(int(before * 2**20) // 8)

    assert peak_mebibytes() > before
    del taken


def test_costs_are_read_as_the_stages_have_printed_them():
    one = {"amount": 3, "core_seconds": 1.5, "peak_mebibytes": 9.0}
    cost = StageCost(**one)

    layouts = read_layout_costs({"sizes": [one, one], "rest": one, "wide": one, "tsne": one})
    icons = read_render_costs([{"cells": 5, "steps": one}])

    assert layouts == LayoutCosts([cost, cost], rest=cost, wide=cost, tsne=cost)
    assert icons == [RenderCost(5, cost)]


@pytest.fixture
def growth():
    collected = [StageCost(1_000 * 10**n, 0.5 * 10**n, 700.0 + n) for n in range(3)]
    laid_out = [StageCost(1_000 * 10**n, 4.0 * 12**n, 300.0 * 2**n) for n in range(3)]
    rendered = [RenderCost(100 + n, StageCost(3_072, 6.0, 860.0)) for n in range(3)]
    rest, wide, tsne = StageCost(90_000, 45.0, 1.0), StageCost(10_000, 80.0, 1.0), laid_out[1]
    return Growth(collected, LayoutCosts(laid_out, rest, wide, tsne), rendered)


def test_every_size_has_a_row_of_what_a_second_brings(growth):
    rows = growth_rows(growth)

    assert rows[0] == "| 1,000 | 2,000 | 700 | 4.0 | 250 | 300 | 100 | 512 | 860 |"
    assert rows[2] == "| 100,000 | 2,000 | 702 | 576.0 | 174 | 1,200 | 102 | 512 | 860 |"


def test_what_stands_beside_the_sizes_is_told_below_the_table(growth):
    text = " ".join(growth_text(growth).split())

    assert "beside 10,000 points that shape the layout, others are placed at 2,000" in text
    assert "10,000 points take 80 s; t-SNE takes 48 s" in text


def test_a_place_forwards_is_told_in_parts_of_a_class_backwards():
    # Forwards 6 ms beyond the bare pass; backwards 1,000 passes of 10 ms: a place is 0.6.
    times = CollectionTimes(
        LOOKED[0],
        classes=1_000,
        batch={"bare": 50.0, "activations": 40.0},
        ways={"bare": 10.0, "forwards": 16.0, "backwards": 10_010.0},
    )

    text = collection_text([times])

    assert times.forward_pass == pytest.approx(0.6)
    assert "| activations | 200 | 1.25 |" in text
    assert "| 1,000 | 1 | 10.0 | 16.0 | 10,010.0 | 0.60 |" in text


def test_ends_of_tasks_are_found_among_all_lines_of_the_service():
    lines = [
        "vitrine: starting worker 1, worker 2",
        line("worker 2", 0, 3, 1.5),
        line("worker 1", 0, 3, 2, job="another"),
        line("worker 1", 0, 4, 2, event="a piece of a job failed"),
        line("worker 1", 2, 0, 3),
    ]

    found = list(done_tasks(lines, "j1"))

    assert [(one.worker[-8:], one.stage, one.task) for one in found] == [
        ("worker 2", 0, 3),
        ("worker 1", 2, 0),
    ]
    assert found[0].at == NOON + datetime.timedelta(seconds=1.5)


def test_tasks_are_counted_by_worker_and_those_without_any_count_none():
    assert DIVISION.tasks_by_worker(COLLECT) == [2, 1, 0, 0]
    assert DIVISION.tasks_by_worker(RENDER) == [1, 1, 0, 0]


def test_a_stage_lasts_from_the_end_of_the_one_before_it():
    assert DIVISION.seconds_of(COLLECT) == 18
    assert DIVISION.seconds_of(LAYOUT) == 7
    assert DIVISION.seconds_of(RENDER) == 15


def test_a_task_that_ends_a_second_time_is_counted():
    assert DIVISION.done_twice == 0

    again = Division(4, NOON, (*DIVISION.done, done("worker 3", COLLECT, 1, 20)))

    assert again.done_twice == 1
    assert "| 4 | 2 + 1 + 1 + 0 | 20 | 1 + 1 + 0 + 0 | 15 | 1 |" in division_text([again])


def test_photographs_are_packed_in_the_folders_of_their_classes(tmp_path):
    for name in ("cat/1.jpg", "dog/2.jpg"):
        (tmp_path / name).parent.mkdir()
        Image.new("RGB", (4, 4)).save(tmp_path / name)
    (tmp_path / "readme.txt").write_text("no photograph")

    with zipfile.ZipFile(io.BytesIO(packed(tmp_path))) as archive:
        assert archive.namelist() == ["cat/1.jpg", "dog/2.jpg"]
        assert archive.read("cat/1.jpg") == (tmp_path / "cat/1.jpg").read_bytes()
