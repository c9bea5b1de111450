"""Thousands of damaged files: each is read or refused, and leaves the process as it was.

With every run of the tests 20,000 inputs; `make fuzz` takes 400,000.
"""

import json
import subprocess
import sys
from collections import Counter

import pytest

from tests.fuzz.decoding import OUTCOMES
from tests.fuzz.extent import inputs
from tests.fuzz.inputs import INPUTS
from tests.processes import ROOT, clean_environment

pytestmark = pytest.mark.processes

COUNTS = {"image": inputs(12_000, 240_000), "archive": inputs(8_000, 160_000)}
ALL_SECONDS = inputs(900, 7_200)
"""Of the clock; what takes the processor too long is found by the process itself."""
MEBIBYTE = 2**20
MOST_GROWTH_BYTES = 32 * MEBIBYTE
"""From the middle to the end: less than one image of the largest size."""
MOST_BYTES = 1_024 * MEBIBYTE
"""At any time. Four million pixels are held in several forms at once, of up to four bytes."""


def eaten(kind: str, tmp_path, *, first: int = 0, count: int) -> dict:
    """Have a process of its own take the inputs; what it tells of them."""
    place = tmp_path / "place"
    place.touch()
    command = [sys.executable, "-m", "tests.fuzz.eat_inputs", kind, str(first), str(count)]
    ended = subprocess.run(
        [*command, str(place)],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        timeout=ALL_SECONDS,
        check=False,
    )
    at_work = int.from_bytes(place.read_bytes(), "little")
    assert ended.returncode == 0, f"{kind} {at_work}: {ended.stderr.decode()[-2000:]}"
    told: dict = json.loads(ended.stdout)
    return told


@pytest.mark.parametrize("kind", COUNTS)
def test_every_damaged_file_is_read_or_refused_and_nothing_is_left_of_it(kind, tmp_path):
    told = eaten(kind, tmp_path, count=COUNTS[kind])

    assert set(told["outcomes"]) <= OUTCOMES[kind]
    assert sum(told["outcomes"].values()) == COUNTS[kind]
    early, late = told["early"], told["late"]
    assert late["bytes"] - early["bytes"] < MOST_GROWTH_BYTES
    assert late["most_bytes"] < MOST_BYTES
    assert (late["files"], late["threads"]) == (early["files"], early["threads"])


@pytest.mark.parametrize("kind", COUNTS)
def test_the_damage_leads_to_every_end_that_there_is(kind, tmp_path):
    told = eaten(kind, tmp_path, first=1_000_000, count=1_000)

    assert set(told["outcomes"]) == OUTCOMES[kind]
    worst = max(told["outcomes"].values())
    assert worst < 1_000 * 0.95


@pytest.mark.parametrize("kind", COUNTS)
def test_the_inputs_of_two_numbers_are_hardly_ever_alike(kind):
    made = Counter(INPUTS[kind](number) for number in range(300))

    assert len(made) > 290
    assert made == Counter(INPUTS[kind](number) for number in range(300))


def test_a_process_that_an_input_ends_is_noticed_with_the_number_of_the_input(tmp_path):
    place = tmp_path / "place"
    place.touch()
    program = (
        "import sys, tests.fuzz.eat_inputs as eater\n"
        "eater.MOST_SECONDS = 0.2\n"
        "def endless(content):\n"
        "    while True: sum(range(1000))\n"
        "eater.EATERS['image'] = endless\n"
        f"sys.argv = ['', 'image', '7', '1', {str(place)!r}]\n"
        "eater.main()\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=clean_environment() | {"PYTHONPATH": str(ROOT)},
        timeout=ALL_SECONDS,
        check=False,
    )

    assert ended.returncode < 0
    assert int.from_bytes(place.read_bytes(), "little") == 7
