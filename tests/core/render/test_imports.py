"""The front, which draws the pictures, never loads TensorFlow or matplotlib to start."""

import json
import subprocess
import sys
from pathlib import Path

import core

ROOT = Path(core.__file__).resolve().parent.parent
MODULES = sorted(
    ".".join(file.relative_to(ROOT).with_suffix("").parts)
    for folder in ("images", "render")
    for file in (ROOT / "core" / folder).glob("*.py")
)
HEAVY = {"tensorflow", "keras", "matplotlib", "jaxtyping", "skimage", "sklearn", "scipy"}


def test_images_and_pictures_are_imported_without_anything_heavy():
    code = f"import json, sys, {', '.join(MODULES)}; print(json.dumps(list(sys.modules)))"

    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert HEAVY.isdisjoint(json.loads(loaded.stdout))
