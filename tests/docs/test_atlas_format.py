"""The page of the format names every field and array that the files have."""

import re
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from api_schemas.atlases import (
    ATLAS_VERSION,
    AtlasCell,
    AtlasCells,
    AtlasDocument,
    AtlasGrid,
)
from core.atlas.locate import landmarks_of, pack_landmarks
from core.atlas.shards import make_shard, pack_shard
from core.atlas.sprites import TILE_CELLS

PAGE = (Path(__file__).parents[2] / "docs" / "atlas_format.md").read_text(encoding="utf-8")


def section(heading):
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def named_in(text):
    return set(re.findall(r"`(\w+)`", text))


@pytest.mark.parametrize(
    ("heading", "schemas"),
    [
        ("atlas.json", (AtlasDocument, AtlasGrid)),
        ("cells/{grid}.json", (AtlasCells, AtlasCell)),
    ],
    ids=["atlas", "cells"],
)
def test_every_field_of_a_file_is_on_the_page(heading, schemas):
    fields = {name for schema in schemas for name in schema.model_fields}

    assert fields <= named_in(section(heading))


def arrays_of(content):
    with np.load(BytesIO(content), allow_pickle=False) as file:
        return set(file)


def test_every_array_of_the_binary_files_is_on_the_page():
    ones = np.ones((3, 1, 2), np.float32)
    shard = make_shard(ones, ones, np.arange(3), ones.astype(np.int32))
    landmarks = landmarks_of(ones[:, 0], ones[:, 0], limit=3, seed=0)

    assert arrays_of(pack_shard(shard)) <= named_in(section("Shards"))
    assert arrays_of(pack_landmarks(landmarks)) == named_in(section("landmarks.npz"))


def test_the_page_gives_the_version_and_the_size_of_tiles():
    assert f"\nVersion {ATLAS_VERSION}. " in PAGE
    assert TILE_CELLS == 10
    assert "ten rows and ten columns" in section("tiles/{grid}/{row}_{column}.webp")
