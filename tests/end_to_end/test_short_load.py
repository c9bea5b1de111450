"""Sixty-four clients for a few seconds: no answer is wrong, and none is missing.

For minutes, and beside others: `python -m benchmarks --only load`.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.checked_load import CheckedLoad
from tests.end_to_end.images import encoded, noise
from tests.processes import ROOT

pytestmark = pytest.mark.processes

CLIENTS = 64
IMAGES = 40
SECONDS = 5.0


def test_under_load_every_request_gets_the_answer_of_its_own_image(
    base_url: str, tmp_path: Path
):
    for seed in range(IMAGES):
        # Sizes tell the images apart, beside what is seen in them.
        file = encoded(noise(seed, width=20 + seed, height=60 - seed))
        (tmp_path / f"{seed}.png").write_bytes(file)
    url = f"{base_url}/explain/gradcam?outputs=heatmap"
    command = [sys.executable, "-m", "benchmarks.checked_load", url]

    told = subprocess.run(
        [*command, str(CLIENTS), str(SECONDS), str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )

    result = CheckedLoad(**json.loads(told.stdout))
    assert (result.wrong, result.dropped, result.refused) == (0, 0, 0), result.faults
    assert result.right >= CLIENTS
