"""How faithful the methods are: curves beside random maps, and the test of a randomized head.

ImageNet's MobileNet 0.75 explains its top class in photographs of as many ImageNet classes, by
every method that is quick enough and by RISE. What is measured is what `evidence` measures.
"""

from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import tensorflow as tf

from api_schemas.explanations import NO_CLASS, TOP_CLASS, ExplanationOrder
from api_schemas.methods import METHODS
from benchmarks.networks import load_mobilenet, photograph_pixels
from core.measure.rank_correlation import rank_correlation
from core.models.randomized_head import randomized_head
from core.progress import untracked
from core.shapes import Maps, Pixels
from workers.coarseness import map_cells
from workers.curve_areas import Areas, CurveAreas
from workers.measured_batch import MeasuredBatch
from workers.model_pool import HostedModel

PHOTOGRAPHS = 40
BATCH = 4
"""Photographs explained together; for each batch, random maps and weights are drawn anew."""
MAX_IMAGES = 16
"""In one pass; the worker's own default."""

MEASURED = (
    *("gradcam", "rise", "integrated-gradients", "smoothgrad", "saliency"),
    *("gradient-times-input", "lrp", "cam", "gradcam-plus-plus", "hirescam", "xgradcam"),
    *("layercam", "eigencam", "guided-gradcam", "guided-backpropagation", "deconvolution"),
)
"""First those that have to beat random maps, last those that are known to see only edges."""

FOR_RANDOM_WEIGHTS = MappingProxyType({"rise": {"mask_count": 500}})
"""Fewer passes for the comparison with random weights, in both of the maps compared."""


@dataclass
class Figures:
    """What was measured of one method, a number an image."""

    insertion: list[float] = field(default_factory=list)
    random_insertion: list[float] = field(default_factory=list)
    deletion: list[float] = field(default_factory=list)
    random_deletion: list[float] = field(default_factory=list)
    similarity: list[float] = field(default_factory=list)
    """Rank correlation with the map of the same network with random last weights."""

    def note(self, areas: Areas, random_areas: Areas, similarity: tf.Tensor) -> None:
        """Add what was measured of a batch."""
        self.insertion += areas.insertion.numpy().tolist()
        self.random_insertion += random_areas.insertion.numpy().tolist()
        self.deletion += areas.deletion.numpy().tolist()
        self.random_deletion += random_areas.deletion.numpy().tolist()
        self.similarity += similarity.numpy().tolist()


def faithfulness_section() -> str:
    """Measure, and tabulate it for the page of the methods."""
    model = HostedModel(load_mobilenet(), max_compiled_kernels=2 * len(MEASURED))
    figures = {name: Figures() for name in MEASURED}
    photographs = photograph_pixels(model.classifier, count=PHOTOGRAPHS)
    for seed in range(PHOTOGRAPHS // BATCH):
        pixels = photographs[seed * BATCH : (seed + 1) * BATCH]
        measure_batch(model, pixels, figures, seed=seed)
    rows = "\n".join(table_row(name, figures[name]) for name in MEASURED)
    masks = FOR_RANDOM_WEIGHTS["rise"]["mask_count"]
    return f"""ImageNet's MobileNet 0.75, explained for its top class in {PHOTOGRAPHS}
photographs of as many classes by the methods' defaults: means, and of how many of the images a
map is better than random ones that are as coarse. The last column is the rank correlation of a
map with that of the same network whose last weights are drawn at random; of RISE, both are made
with {masks} masks.

| | insertion (random) | deletion (random) | better | similarity of random weights |
|---|---|---|---|---|
{rows}"""


def table_row(name: str, figures: Figures) -> str:
    """Condense one method's figures."""
    inserted, random_inserted = np.array(figures.insertion), np.array(figures.random_insertion)
    deleted, random_deleted = np.array(figures.deletion), np.array(figures.random_deletion)
    return (
        f"| {name} | {inserted.mean():.2f} ({random_inserted.mean():.2f}) "
        f"| {deleted.mean():.3f} ({random_deleted.mean():.3f}) "
        f"| {(inserted > random_inserted).sum()}, {(deleted < random_deleted).sum()} "
        f"| {np.mean(figures.similarity):.2f} |"
    )


def measure_batch(
    model: HostedModel, pixels: Pixels, figures: dict[str, Figures], *, seed: int
) -> None:
    """Measure every method's maps of some photographs."""
    unknown = tf.fill([len(pixels)], TOP_CLASS), tf.fill([len(pixels)], NO_CLASS)
    order = ExplanationOrder(model=model.classifier.name, method=None)
    targets = model.kernel(order, max_images=MAX_IMAGES)(pixels, *unknown, untracked).targets
    batch = MeasuredBatch(
        passes=model.passes,
        pixels=pixels,
        targets=targets,
        versus=unknown[1],
        seed=seed,
        max_images=MAX_IMAGES,
        track=untracked,
    )
    areas = CurveAreas(batch)
    for name in MEASURED:
        order = order_of(model, name)
        maps = explained(model, batch, order)
        cells = map_cells(order, maps, side_pixels=int(pixels.shape[1]))
        enlarged = tf.image.resize(maps[..., tf.newaxis], pixels.shape[1:3])[..., 0]
        figures[name].note(
            areas.of_maps(enlarged),
            areas.of_random_maps(cells),
            similarity_of_random_weights(model, batch, name, seed=seed),
        )


def similarity_of_random_weights(
    model: HostedModel, batch: MeasuredBatch, name: str, *, seed: int
) -> tf.Tensor:
    """Correlate each map with that of the network with other last weights: [B].

    Raises:
        RuntimeError: the network shows no last weights.
    """
    order = order_of(model, name, **FOR_RANDOM_WEIGHTS.get(name, {}))
    head = randomized_head(model.classifier, seed=seed)
    if head is None:
        raise RuntimeError("the benchmark's network has no last weights")
    maps = explained(model, batch, order)
    with head.in_place():
        return rank_correlation(maps, explained(model, batch, order))


def order_of(model: HostedModel, name: str, **parameters: int) -> ExplanationOrder:
    """Order a method's maps, with its defaults but for some parameters."""
    method = METHODS[name]
    chosen = method.parameters.model_validate(parameters)
    return ExplanationOrder(
        model=model.classifier.name,
        method=name,
        layer=model.classifier.default_layer if method.uses_layer else None,
        parameters=chosen.model_dump(mode="json"),
    )


def explained(model: HostedModel, batch: MeasuredBatch, order: ExplanationOrder) -> Maps:
    """Explain a batch, compiling the method once."""
    kernel = model.kernel(order, max_images=MAX_IMAGES)
    return batch.explained_by(kernel, batch.pixels, untracked)
