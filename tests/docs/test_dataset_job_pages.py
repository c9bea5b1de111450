"""The pages of the jobs over datasets name every parameter, field and array that there is."""

import re
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from api_schemas import dataset_explanations as explained
from api_schemas import model_comparison as compared
from api_schemas.compare_models import CompareModelsParameters
from api_schemas.explain_dataset import ExplainDatasetParameters
from core.measure.class_means import ClassMeans
from workers.jobs.compare_models import showing
from workers.jobs.explain_dataset.explaining import SHARD_IMAGES
from workers.jobs.explain_dataset.summing_up import packed_means
from workers.jobs.map_shards import map_shard, pack_maps

DOCS = Path(__file__).parents[2] / "docs"
EXPLAINED = (DOCS / "explained_datasets.md").read_text(encoding="utf-8")
COMPARED = (DOCS / "compared_models.md").read_text(encoding="utf-8")


def section(page, heading):
    return page.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def named_in(text):
    return set(re.findall(r"`([\w{}-]+)`", text))


@pytest.mark.parametrize(
    ("page", "heading", "schemas"),
    [
        (EXPLAINED, "Parameters", (ExplainDatasetParameters,)),
        (
            EXPLAINED,
            "index.json",
            (explained.IndexedExplanation, explained.IndexedMap, explained.BoxShares),
        ),
        (
            EXPLAINED,
            "statistics.json",
            (
                explained.DatasetStatistics,
                explained.Accuracy,
                explained.LabelAccuracy,
                explained.ClassMaps,
                explained.MethodStatistics,
                explained.ExplainedMethod,
            ),
        ),
        (COMPARED, "Parameters", (CompareModelsParameters,)),
        (
            COMPARED,
            "comparison.json",
            (
                compared.ModelComparison,
                compared.ComparedModel,
                compared.PredictionComparison,
                compared.ConfusedLabels,
                compared.MapComparison,
                compared.LayerComparison,
                compared.DifferingImage,
            ),
        ),
        (COMPARED, "images.json", (compared.ComparedImage,)),
    ],
    ids=["explain-dataset", "index", "statistics", "compare-models", "comparison", "images"],
)
def test_every_field_is_on_the_page(page, heading, schemas):
    fields = {name for schema in schemas for name in schema.model_fields}

    assert fields <= named_in(section(page, heading))


def arrays_of(content):
    with np.load(BytesIO(content), allow_pickle=False) as file:
        return set(file)


def test_every_array_of_the_binary_files_is_on_the_page():
    ones = np.ones((1, 2, 2), np.float32)
    shard = map_shard(np.zeros(1, np.int64), np.zeros(1, np.int64), ones)
    arrays = arrays_of(packed_means({"{method}": ClassMeans()}, ClassMeans()))

    assert arrays_of(pack_maps(shard)) <= named_in(
        section(EXPLAINED, "maps/{method}/{number}.npz")
    )
    named = named_in(section(EXPLAINED, "mean_maps.npz, mean_maps.png"))
    assert arrays - {"{method}"} <= named


def test_the_pages_give_the_sizes_of_the_tasks():
    assert EXPLAINED.count(f"one for {SHARD_IMAGES} images") == 2
    assert COMPARED.count(f"one for {showing.SHARD_IMAGES} images") == 2


@pytest.mark.parametrize(
    ("page", "schema"),
    [(EXPLAINED, ExplainDatasetParameters), (COMPARED, CompareModelsParameters)],
    ids=["explain-dataset", "compare-models"],
)
def test_the_pages_give_the_default_numbers_of_the_schemas(page, schema):
    lines = section(page, "Parameters").splitlines()
    rows = [line.split("|")[1:4] for line in lines if line.startswith("| `")]
    told = {}
    for names, defaults, _ in rows:
        found = re.findall(r"`(\w+)`", names)
        values = [value.strip() for value in defaults.split(",")]
        told |= dict(zip(found, values, strict=False))

    for name, field in schema.model_fields.items():
        if isinstance(field.default, int | float):
            assert told[name] == str(field.default).lower()
