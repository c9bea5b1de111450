"""Memory is kept where the C library can be asked to, and nothing breaks where it cannot."""

import ctypes
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.render.freed_memory import keep_freed_memory

ROOT = Path(__file__).resolve().parents[3]

# Blocks of a megabyte, as a picture takes them, written to and freed, in a thread of a pool.
PAGES_ASKED_FOR = """
import resource
from concurrent.futures import ThreadPoolExecutor
import numpy as np
from core.render.freed_memory import keep_freed_memory

def draw():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(10):
        pictures = [np.ones(1 << 20, np.uint8) for _ in range(4)]
        del pictures
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

{first}
with ThreadPoolExecutor(1) as pool:
    pool.submit(draw).result()
    print(pool.submit(draw).result())
"""


def has_mallopt():
    return hasattr(ctypes.CDLL(None), "mallopt")


def pages_asked_for(first):
    ended = subprocess.run(
        [sys.executable, "-c", PAGES_ASKED_FOR.format(first=first)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(ended.stdout)


@pytest.mark.skipif(not has_mallopt(), reason="the C library has no mallopt")
def test_the_pages_of_a_picture_serve_the_next_one():
    one_picture = (1 << 20) // 4096

    assert pages_asked_for("pass") > 10 * one_picture
    assert pages_asked_for("assert keep_freed_memory()") < one_picture


def test_a_c_library_that_cannot_be_asked_is_left_alone(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())

    assert not keep_freed_memory()


@pytest.mark.parametrize("answers", [(0, 1), (1, 0)])
def test_a_refusal_of_the_c_library_is_told(monkeypatch, answers):
    given = iter(answers)
    library = SimpleNamespace(mallopt=lambda *_: next(given))
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)

    assert not keep_freed_memory()
