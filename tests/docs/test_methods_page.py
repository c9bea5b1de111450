"""A method is whole when it has a kernel, an entry, a line in the worker, tests, a section."""

import re
from pathlib import Path

import pytest

from api_schemas.methods import METHODS
from workers.many_pass import MANY_PASS_KERNELS
from workers.one_pass import ONE_PASS_KERNELS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
TESTED_TOGETHER = {
    "deconvolution": "test_guided_backpropagation.py",
    "smoothgrad": "test_noisy_statistics.py",
    "squaregrad": "test_noisy_statistics.py",
    "vargrad": "test_noisy_statistics.py",
}
"""Methods that differ by one step from another one have their tests beside it."""

every_method = pytest.mark.parametrize("name", METHODS)
every_kernel = pytest.mark.parametrize("name", [name for name in METHODS if name != "auto"])
"""`auto` has no kernel: it runs the others."""


def file_name(name: str) -> str:
    return name.replace("-", "_")


@every_kernel
def test_every_method_has_a_kernel_of_its_name(name):
    source = (ROOT / "core" / "explain" / f"{file_name(name)}.py").read_text(encoding="utf-8")

    assert f"def {file_name(name)}(" in source


@every_kernel
def test_every_method_has_tests_of_its_kernel(name):
    tests = TESTED_TOGETHER.get(name, f"test_{file_name(name)}.py")
    written = (ROOT / "tests" / "core" / "explain" / tests).read_text(encoding="utf-8")

    assert file_name(name) in written


def test_the_worker_runs_exactly_the_methods_of_the_table():
    long_ones = {name for name, method in METHODS.items() if method.is_long}

    assert set(MANY_PASS_KERNELS) | {"auto"} == long_ones
    assert set(ONE_PASS_KERNELS) == set(METHODS) - long_ones


@every_method
def test_every_method_has_a_section_that_says_its_source_cost_and_parameters(name):
    method = METHODS[name]

    assert f"\n## {name}\n" in PAGE
    section = PAGE.split(f"\n## {name}\n")[1].split("\n## ")[0]
    assert f"**{method.title}.** {method.summary}" in section
    assert f"Source: {method.source}" in section
    assert f"Cost: {method.cost}" in section
    for parameter, field in method.parameters.model_fields.items():
        default = "none" if field.default is None else field.default
        assert f"| `{parameter}` | `{default}` |" in section


def test_no_section_describes_a_method_that_is_gone():
    assert set(re.findall(r"^## ([a-z-]+)$", PAGE, re.MULTILINE)) == set(METHODS)
