"""Writing `docs/benchmarks.md` from what was measured."""

import datetime
import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path

import tensorflow as tf

from benchmarks.hosting import HostingCost, hosting_section
from benchmarks.kernels import KernelTimes
from benchmarks.service import ServiceTimes
from benchmarks.visualization import Visualization, visualization_section

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def write_report(
    kernels: Sequence[KernelTimes],
    visualization: Visualization,
    service: ServiceTimes,
    hosting: Mapping[str, HostingCost],
) -> None:
    """Write the page anew."""
    PAGE.parent.mkdir(exist_ok=True)
    sections = [introduction(), *map(kernel_section, kernels)]
    sections += [visualization_section(visualization), service_section(service)]
    sections.append(hosting_section(hosting))
    PAGE.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def introduction() -> str:
    """Say what machine this is and how to read the figures."""
    return f"""# Benchmarks

`make bench` measures this page anew. Measured on {datetime.date.today():%d %B %Y}, on
{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()},
TensorFlow {tf.__version__}, without a GPU, with ImageNet's MobileNet 0.75 at 224 × 224.

Times are medians of runs taken in turn, on a machine with noisy neighbours: **read the
ratios**, which compare runs of the same minutes, and not the milliseconds."""


def kernel_section(times: KernelTimes) -> str:
    """Tabulate the kernels of one batch size."""
    bare = {"gradcam": ("forward", times.forward), "saliency": ("backward", times.backward)}
    rows = []
    for method, ours in times.ours.items():
        name, reference = bare[method]
        rows.append(f"| {method} | ours | {ours:.1f} | {ours / reference:.2f} × bare {name} |")
        rows += [
            f"| {method} | {peer} | {milliseconds:.1f} | {milliseconds / ours:.1f} × ours |"
            for peer, milliseconds in times.peers[method].items()
        ]
    table = "\n".join(rows)
    return f"""## Kernels, batch of {times.batch}

The bare forward pass takes {times.forward:.1f} ms; with the gradient by the image,
{times.backward:.1f} ms.

| method | who | ms | ratio |
|---|---|---|---|
{table}"""


def service_section(times: ServiceTimes) -> str:
    """Tabulate the service under load."""
    rows = "\n".join(
        f"| `{route}` | {clients} | {result.p50_ms:.0f} | {result.p99_ms:.0f} "
        f"| {result.images_per_second:.0f} "
        f"| {result.images_per_second / times.bare_images_per_second:.2f} |"
        for (route, clients), result in times.results.items()
    )
    own = times.results["/explain/gradcam", 1]
    stages = ", ".join(
        f"{name} {own.stages_ms[name]:.1f}" for name in ("decode", "queue", "batch", "render")
    )
    return f"""## Service

`vitrine up` with one worker; clients, front and worker share the same cores. The bare forward
pass in batches of 16 reaches {times.bare_images_per_second:.0f} images/s, measured before and
after. Explanations are answered with heatmap and overlay as PNG.

| route | clients | p50 ms | p99 ms | images/s | ÷ bare batched forward |
|---|---|---|---|---|---|
{rows}

One client, Grad-CAM: the service's own part of a request (all but the kernel) is
{own.own_ms:.1f} ms ({stages})."""
