"""The first stage of a dataset map: what a layer says of whole images, some images a task."""

import numpy as np
import tensorflow as tf

from api_schemas.dataset_map import DatasetMapParameters
from core.atlas.collect import CodeCollector, code_collector
from core.atlas.shards import Shard, make_shard
from workers.first_calls import first_call_aside
from workers.jobs.atlas.collecting import Collection
from workers.jobs.image_batches import ImageBatch
from workers.model_pool import HostedModel

WHOLE_MAP = -1
"""In place of a row and a column: the mean over all of them."""


def map_collection(parameters: DatasetMapParameters, model: HostedModel) -> Collection:
    """Say what a map collects: the mean of a layer over each image, and the classes' leads.

    Raises:
        CoreError: the model has no such layer, or none with maps.
    """
    classifier = model.classifier
    layer = classifier.spatial_layer(parameters.layer)
    collector: CodeCollector = model.compiled(
        f"codes {layer}", lambda: first_call_aside(code_collector(classifier, layer=layer))
    )

    def look(batch: ImageBatch) -> Shard:
        codes, leads = collector(tf.constant(batch.pixels))
        places = np.full((len(batch.numbers), 1, 2), WHOLE_MAP, np.int32)
        return make_shard(codes.numpy(), leads.numpy(), batch.numbers, places)

    return Collection(model, layer, look, samples=parameters.samples, seed=parameters.seed)
