"""How faithful the methods are: curves beside random maps, and the test of a randomized head.

ImageNet's MobileNet 0.75 explains its top class in photographs of as many ImageNet classes, by
every method that is quick enough and by RISE. What is measured is what `evidence` measures;
integrated gradients are measured by more than one order of their pixels.
"""

from collections import defaultdict
from collections.abc import Mapping
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

MEASURED: Mapping[str, tuple[str, Mapping[str, object]]] = MappingProxyType(
    {
        "gradcam": ("gradcam", {}),
        "rise": ("rise", {"mask_count": 300}),
        "integrated-gradients": ("integrated-gradients", {}),
        "integrated-gradients, from black": ("integrated-gradients", {"baseline": "black"}),
        "smoothgrad": ("smoothgrad", {}),
        "saliency": ("saliency", {}),
        "lrp": ("lrp", {}),
        "layercam": ("layercam", {}),
        "eigencam": ("eigencam", {}),
        "guided-backpropagation": ("guided-backpropagation", {}),
    }
)
"""By row of the table, a method and what of its parameters is not the default; RISE with fewer
masks, so that it ends. First those that have to beat random maps, last those that are known
not to look at the class. CAM, HiResCAM and XGrad-CAM are left out: at this network's last layer
they are Grad-CAM."""

WITH_RANDOM_WEIGHTS = 12
"""Of the photographs, the first so many are also explained with random last weights."""

REGION_PIXELS = 8
"""Side of the squares over which magnitudes are averaged."""


@dataclass
class Figures:
    """What was measured of one method, a number an image."""

    insertion: list[float] = field(default_factory=list)
    random_insertion: list[float] = field(default_factory=list)
    deletion: list[float] = field(default_factory=list)
    random_deletion: list[float] = field(default_factory=list)
    similarity: list[float] = field(default_factory=list)
    """Rank correlation with the map of the same network with random last weights."""

    def note(self, areas: Areas, random_areas: Areas) -> None:
        """Add what was measured of a batch."""
        self.insertion += areas.insertion.numpy().tolist()
        self.random_insertion += random_areas.insertion.numpy().tolist()
        self.deletion += areas.deletion.numpy().tolist()
        self.random_deletion += random_areas.deletion.numpy().tolist()


def faithfulness_section() -> str:
    """Measure, and tabulate it for the page of the methods."""
    model = HostedModel(load_mobilenet(), max_compiled_kernels=2 * len(MEASURED))
    figures: dict[str, Figures] = defaultdict(Figures)
    photographs = photograph_pixels(model.classifier, count=PHOTOGRAPHS)
    for seed in range(PHOTOGRAPHS // BATCH):
        pixels = photographs[seed * BATCH : (seed + 1) * BATCH]
        measure_batch(model, pixels, figures, seed=seed)
    return section_text(figures)


def section_text(figures: Mapping[str, Figures]) -> str:
    """Tabulate what was measured, and say of what."""
    rows = "\n".join(table_row(name, figures[name]) for name in figures)
    masks = MEASURED["rise"][1]["mask_count"]
    return f"""ImageNet's MobileNet 0.75, explained for its top class in {PHOTOGRAPHS}
photographs of as many classes by the methods' defaults (RISE with {masks} masks): means, and
of how many of the images a map is better than random ones that are as coarse. *Magnitudes* are
those of the map above them, also averaged over squares of {REGION_PIXELS} × {REGION_PIXELS}
pixels. The last column is the rank correlation of a map with that of the same network whose
last weights are drawn at random, on {WITH_RANDOM_WEIGHTS} of the photographs. At this network's
last layer CAM, HiResCAM and XGrad-CAM are Grad-CAM.

| | insertion (random) | deletion (random) | better | similarity of random weights |
|---|---|---|---|---|
{rows}"""


def table_row(name: str, figures: Figures) -> str:
    """Condense one method's figures."""
    inserted, random_inserted = np.array(figures.insertion), np.array(figures.random_insertion)
    deleted, random_deleted = np.array(figures.deletion), np.array(figures.random_deletion)
    similarity = f"{np.mean(figures.similarity):.2f}" if figures.similarity else ""
    return (
        f"| {name} | {inserted.mean():.2f} ({random_inserted.mean():.2f}) "
        f"| {deleted.mean():.3f} ({random_deleted.mean():.3f}) "
        f"| {(inserted > random_inserted).sum()}, {(deleted < random_deleted).sum()} "
        f"| {similarity} |"
    )


def measure_batch(
    model: HostedModel, pixels: Pixels, figures: dict[str, Figures], *, seed: int
) -> None:
    """Measure every method's maps of some photographs."""
    batch = batch_of(model, pixels, seed=seed)
    areas = CurveAreas(batch)
    head = randomized_head(model.classifier, seed=seed)
    for name in MEASURED:
        order = order_of(model, name)
        maps = explained(model, batch, order)
        cells = map_cells(order, maps, side_pixels=int(pixels.shape[1]))
        figures[name].note(areas.of_maps(enlarged(maps, pixels)), areas.of_random_maps(cells))
        if name == "integrated-gradients":
            note_magnitudes(areas, maps, pixels, figures)
        if head is not None and seed * BATCH < WITH_RANDOM_WEIGHTS:
            with head.in_place():
                others = explained(model, batch, order)
            figures[name].similarity += rank_correlation(maps, others).numpy().tolist()


def note_magnitudes(
    areas: CurveAreas, maps: Maps, pixels: Pixels, figures: dict[str, Figures]
) -> None:
    """Measure where much speaks for the class or against it, by pixels and by regions."""
    sizes = tf.abs(maps)
    by_region = tf.nn.avg_pool2d(sizes[..., tf.newaxis], REGION_PIXELS, REGION_PIXELS, "VALID")
    for name, found in (
        ("… its magnitudes", sizes),
        ("… its magnitudes, by region", by_region[..., 0]),
    ):
        figures[name].note(
            areas.of_maps(enlarged(found, pixels)), areas.of_random_maps(int(found.shape[1]))
        )


def batch_of(model: HostedModel, pixels: Pixels, *, seed: int) -> MeasuredBatch:
    """Predict the photographs' classes, which are then explained."""
    unknown = tf.fill([len(pixels)], TOP_CLASS), tf.fill([len(pixels)], NO_CLASS)
    order = ExplanationOrder(model=model.classifier.name, method=None)
    targets = model.kernel(order, max_images=MAX_IMAGES)(pixels, *unknown, untracked).targets
    return MeasuredBatch(
        passes=model.passes,
        pixels=pixels,
        targets=targets,
        versus=unknown[1],
        seed=seed,
        max_images=MAX_IMAGES,
        track=untracked,
    )


def enlarged(maps: Maps, pixels: Pixels) -> Maps:
    """Bring maps to the photographs' size, as they are drawn."""
    return tf.image.resize(maps[..., tf.newaxis], pixels.shape[1:3])[..., 0]


def order_of(model: HostedModel, name: str) -> ExplanationOrder:
    """Order a method's maps."""
    method_name, parameters = MEASURED[name]
    method = METHODS[method_name]
    return ExplanationOrder(
        model=model.classifier.name,
        method=method_name,
        layer=model.classifier.default_layer if method.uses_layer else None,
        parameters=method.parameters.model_validate(parameters).model_dump(mode="json"),
    )


def explained(model: HostedModel, batch: MeasuredBatch, order: ExplanationOrder) -> Maps:
    """Explain a batch, compiling the method once."""
    kernel = model.kernel(order, max_images=MAX_IMAGES)
    return batch.explained_by(kernel, batch.pixels, untracked)
