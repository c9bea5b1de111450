"""How the stages of an atlas grow with its activations: time and memory, a process a stage."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import atlas_layout_stage, atlas_render_stage
from benchmarks.atlas_layout_stage import WIDE_CHANNELS, LayoutCosts
from benchmarks.atlas_render_stage import RenderCost
from benchmarks.atlas_sizes import (
    GRIDS,
    ICON_SIZE,
    LAYER,
    PLACES,
    StageCost,
    photographs_folder,
)
from storage.datasets import Datasets
from storage.folder_store import FolderStore

MAX_IMAGE_BYTES = 10_000_000


@dataclass(frozen=True)
class Growth:
    """What every stage took, for every size."""

    collected: list[StageCost]
    laid_out: LayoutCosts
    rendered: list[RenderCost]


def measure_growth() -> Growth:
    """Make one atlas in every size, stage by stage.

    Raises:
        SharedFolderMissingError: `../shared` is not there.
        subprocess.CalledProcessError: a stage failed.
    """
    photographs = str(photographs_folder())
    with TemporaryDirectory() as scratch:
        store = Path(scratch) / "store"
        datasets = Datasets(FolderStore(store), roots=[photographs])
        details = datasets.register(photographs, name=None, max_image_bytes=MAX_IMAGE_BYTES)
        collected = told_by("atlas_collect_stage", store, details.id)
        laid_out = told_by("atlas_layout_stage", store, details.id)
        rendered = told_by("atlas_render_stage", store, details.id)
    return Growth(
        [StageCost(**cost) for cost in json.loads(collected)],
        atlas_layout_stage.read_costs(json.loads(laid_out)),
        atlas_render_stage.read_costs(json.loads(rendered)),
    )


def told_by(module: str, store: Path, dataset: str) -> str:
    """Run a stage as a process of its own; the JSON that it prints.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    command = [sys.executable, "-m", f"benchmarks.{module}", str(store), dataset]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return answer.stdout


def growth_text(growth: Growth) -> str:
    """Tabulate what the stages took."""
    rows = "\n".join(growth_rows(growth))
    grids, layouts = ", ".join(map(str, GRIDS)), growth.laid_out
    wide, tsne, rest = layouts.wide, layouts.tsne, layouts.rest
    return f"""The bundled model on photographs of cats and dogs, at {PLACES} places of each:
`{LAYER}`, UMAP, grids of {grids}, icons of {ICON_SIZE} pixels. Every stage is a
process of its own. Times are of a processor, all threads together; memory is the most that was
taken.

| activations | collected/s | MiB | layout s | points/s | MiB | cells | cells · steps/s | MiB |
|---|---|---|---|---|---|---|---|---|
{rows}

Of UMAP alone: beside {layouts.sizes[1].amount:,} points that shape the layout, others are
placed at {rest.per_second:,.0f} points/s. With {WIDE_CHANNELS} channels instead of 64,
{wide.amount:,} points take {wide.core_seconds:.0f} s; t-SNE takes {tsne.core_seconds:.0f} s for
as many, of 64."""


def growth_rows(growth: Growth) -> Sequence[str]:
    """Write a row of the table for every size."""
    sizes = zip(growth.collected, growth.laid_out.sizes, growth.rendered, strict=True)
    return [
        f"| {collected.amount:,} | {collected.per_second:,.0f} "
        f"| {collected.peak_mebibytes:,.0f} "
        f"| {laid_out.core_seconds:.1f} | {laid_out.per_second:,.0f} "
        f"| {laid_out.peak_mebibytes:,.0f} "
        f"| {rendered.cells:,} | {rendered.steps.per_second:,.0f} "
        f"| {rendered.steps.peak_mebibytes:,.0f} |"
        for collected, laid_out, rendered in sizes
    ]
