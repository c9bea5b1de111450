"""Random maps are as coarse as the maps beside which they are drawn."""

import pytest
import tensorflow as tf

from api_schemas.explanations import ExplanationOrder
from workers.coarseness import map_cells


@pytest.mark.parametrize(
    ("method", "parameters", "shape", "cells"),
    [
        ("gradcam", {}, (7, 5), 7),
        ("saliency", {}, (224, 224), 224),
        ("rise", {"grid_cells": 9}, (224, 224), 9),
        ("sobol", {}, (224, 224), 8),
        ("occlusion", {"patch_pixels": 32, "stride_pixels": 16}, (224, 224), 14),
        ("patch-classification", {"stride_pixels": 100}, (224, 224), 3),
        ("lime", {"superpixel_count": 50}, (224, 224), 8),
        ("xrai", {}, (224, 224), 7),
    ],
)
def test_a_method_tells_as_many_places_apart_as_it_looks_at(method, parameters, shape, cells):
    order = ExplanationOrder(model="m", method=method, parameters=parameters)

    assert map_cells(order, tf.zeros((1, *shape)), side_pixels=224) == cells
