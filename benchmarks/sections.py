"""The table of what can be measured: by name, where it is written and what measures it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"


@dataclass(frozen=True)
class Section:
    """A part of a page that is measured and written by itself."""

    summary: str
    """For the command line."""
    module: str
    """Of `benchmarks`; its function `{name}_section` measures and gives the text."""
    page: Path = DOCS / "benchmarks.md"
    """Holds the section's two marks; what is between them is replaced."""

    def measure(self, name: str) -> str:
        """Measure, and give the section's text: what stands below its heading on the page."""
        measure: Callable[[], str] = getattr(import_module(self.module), f"{name}_section")
        return measure()


SECTIONS = {
    "kernels": Section(
        "every method beside bare passes and peers (15 min)", "benchmarks.kernels_report"
    ),
    "folding": Section(
        "folded batch normalizations beside Keras' (2 min)", "benchmarks.folding"
    ),
    "precision": Section("bfloat16 beside float32 (3 min)", "benchmarks.precision"),
    "rendering": Section("drawing a map (10 s)", "benchmarks.rendering"),
    "steadiness": Section(
        "tracings and memory over 2,000 requests (5 min)", "benchmarks.steadiness"
    ),
    "visualization": Section(
        "feature visualization beside bare passes and peers (5 min)", "benchmarks.visualization"
    ),
    "service": Section("the service under load (2 min)", "benchmarks.service_report"),
    "load": Section(
        "the service under load for minutes, beside peers' servers (25 min)",
        "benchmarks.load_report",
    ),
    "jobs": Section("jobs: overhead, and requests beside them (1 min)", "benchmarks.jobs"),
    "atlas": Section(
        "atlases: collecting, layout, rendering, and workers (15 min)", "benchmarks.atlas"
    ),
    "hosting": Section("loading models (1 min)", "benchmarks.hosting"),
    "faithfulness": Section(
        "maps beside random ones, and under random weights (15 min)",
        "benchmarks.faithfulness",
        page=DOCS / "methods.md",
    ),
}
"""In the order in which they are measured. Minutes are of two idle cores."""
