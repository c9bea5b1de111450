"""Writing a section into its page, between its two marks; the rest of the page stays."""

import datetime
import os
import platform

import tensorflow as tf

from benchmarks.errors import MarkMissingError
from benchmarks.sections import Section


def write_section(name: str, section: Section) -> None:
    """Measure a section, and put it in the place of what its page has.

    Raises:
        MarkMissingError: the page has no place for it.
    """
    text = f"{measured_where()}\n\n{section.measure(name).strip()}"
    page = section.page.read_text(encoding="utf-8")
    section.page.write_text(replaced(page, name, text), encoding="utf-8")


def replaced(page: str, name: str, text: str) -> str:
    """Replace what stands between a section's marks.

    Raises:
        MarkMissingError: the page has them not, or not in order.
    """
    start, end = f"<!-- measured: {name} -->\n", f"<!-- end of {name} -->\n"
    before, found, rest = page.partition(start)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise MarkMissingError(name)
    return f"{before}{start}\n{text}\n\n{end}{after}"


def measured_where() -> str:
    """Say when and on what a section was measured."""
    devices = tf.config.list_physical_devices("GPU")
    return (
        f"Measured on {datetime.date.today():%d %B %Y} by `python -m benchmarks`: "
        f"{os.cpu_count()} cores ({platform.machine()}), "
        f"{f'{len(devices)} GPU' if devices else 'no GPU'}, "
        f"Python {platform.python_version()}, TensorFlow {tf.__version__}."
    )
