"""Parameters of a patch attack and of a dataset map fit together."""

import pytest
from pydantic import ValidationError

from api_schemas.atlas import AtlasParameters
from api_schemas.dataset_map import DatasetMapParameters
from api_schemas.patch_attack import PatchAttackParameters


def attack(**fields):
    named = {"atlas": "a1", "dataset": "d1", "source": "cat", "target": "dog"}
    return PatchAttackParameters.model_validate(named | fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"source": "dog"},
        {"sizes": []},
        {"sizes": [0.5, 0.2]},
        {"sizes": [0.2, 0.2]},
        {"sizes": [0.0]},
        {"sizes": [0.9]},
        {"positions": 0},
        {"patches": 65},
        {"images": 0},
        {"colour": "red"},
    ],
    ids=str,
)
def test_an_attack_that_means_nothing_is_refused(fields):
    with pytest.raises(ValidationError):
        attack(**fields)


def test_an_attack_takes_ten_patches_and_four_corners_as_the_article_does():
    assert (attack().patches, attack().positions) == (10, 4)


@pytest.mark.parametrize("grids", [[8, 4], [4, 4], []], ids=str)
def test_grids_of_a_map_are_different_and_the_coarsest_first(grids):
    with pytest.raises(ValidationError):
        DatasetMapParameters.model_validate({"dataset": "d1", "grids": grids})


def test_a_map_is_laid_out_by_the_same_settings_as_an_atlas():
    atlas = AtlasParameters.model_validate({"dataset": "d1"}).model_dump()
    laid_out = DatasetMapParameters.model_validate({"dataset": "d1"}).model_dump()

    for name in ("metric", "neighbors", "min_dist", "perplexity", "seed"):
        assert laid_out[name] == atlas[name]
    assert laid_out["min_density"] == 1
