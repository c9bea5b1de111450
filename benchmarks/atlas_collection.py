"""Collecting beside the bare forward pass, and attributions forwards beside backwards."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from benchmarks.atlas_sizes import BUNDLED, LAYER
from benchmarks.bare import bare_forward
from benchmarks.networks import load_mobilenet, photograph_pixels
from benchmarks.timing import Run, cpu_milliseconds
from core.atlas.collect import attribution_collector, code_collector, vector_collector
from core.atlas.forward_attributions import forward_attributions
from core.atlas.layer_logits import LayerLogitsFunction
from core.atlas.places import Places, sample_places
from core.atlas.reverse_attributions import reverse_attributions
from core.models.classifier import Classifier
from core.models.load import load_classifier
from core.score import Watch
from core.shapes import Activations, Images, Logits, Pixels
from workers.jobs.image_batches import BATCH_IMAGES

Way = Callable[[LayerLogitsFunction, Images, Places], object]
"""Of attributing: forwards or backwards."""

ROUNDS = 41
WAY_ROUNDS = 5
"""Of both ways: backwards one takes seconds where there are 1,000 classes."""


@dataclass(frozen=True)
class Looked:
    """A network, and the layer of it that is looked at."""

    title: str
    load: Callable[[], Classifier]
    layer: str
    images: int
    """In a batch for which the ways are compared: backwards takes a pass for every class."""


LOOKED = (
    Looked("MobileNet 0.75", load_mobilenet, "conv_pw_11_relu", images=1),
    Looked("bundled", lambda: load_classifier(BUNDLED), LAYER, images=BATCH_IMAGES),
)


@dataclass(frozen=True)
class CollectionTimes:
    """Median milliseconds of a processor, all threads together, for one network."""

    looked: Looked
    classes: int
    batch: Mapping[str, float]
    """For a batch of images: `bare`, `activations`, `codes` and `attributions`."""
    ways: Mapping[str, float]
    """For `looked.images` of them: `bare`, `forwards` and `backwards`."""

    @property
    def forward_pass(self) -> float:
        """What a place costs forwards, in parts of what a class costs backwards."""
        place = self.ways["forwards"] - self.ways["bare"]
        return place / ((self.ways["backwards"] - self.ways["bare"]) / self.classes)


def measure_collection() -> tuple[CollectionTimes, ...]:
    """Time everything for every network, in turn."""
    return tuple(times_of(looked) for looked in LOOKED)


def times_of(looked: Looked) -> CollectionTimes:
    """Time the collections of one network, one place an image."""
    classifier = looked.load()
    pixels = photograph_pixels(classifier, count=BATCH_IMAGES)
    batch = collections(classifier, looked.layer, pixels)
    ways = both_ways(classifier, looked.layer, pixels[: looked.images])
    return CollectionTimes(
        looked,
        len(classifier.classes),
        batch=cpu_milliseconds(batch, rounds=ROUNDS),
        ways=cpu_milliseconds(ways, rounds=WAY_ROUNDS),
    )


def collections(classifier: Classifier, layer: str, pixels: Pixels) -> dict[str, Run]:
    """Compile what atlases and maps collect of a batch, and the bare pass."""
    places = places_in(classifier, layer, images=len(pixels))
    vectors = vector_collector(classifier, layer=layer)
    codes = code_collector(classifier, layer=layer)
    attributions = attribution_collector(classifier, layer=layer, per_image=1)
    return {
        "bare": bare_forward(classifier.unfolded(), pixels),
        "activations": lambda: vectors(pixels, places),
        "codes": lambda: codes(pixels),
        "attributions": lambda: attributions(pixels, places),
    }


def both_ways(classifier: Classifier, layer: str, pixels: Pixels) -> dict[str, Run]:
    """Compile the attributions to all classes in both ways, and the bare pass."""
    return {
        "bare": bare_forward(classifier.unfolded(), pixels),
        "forwards": attributing(forward_attributions, classifier, layer, pixels),
        "backwards": attributing(reverse_attributions, classifier, layer, pixels),
    }


def attributing(way: Way, classifier: Classifier, layer: str, pixels: Pixels) -> Run:
    """Compile the attributions in one of the ways, at one place of each image."""
    places = places_in(classifier, layer, images=len(pixels))
    spatial = classifier.spatial_layer(layer)

    def score(images: Images, watch: Watch) -> tuple[Activations, Logits]:
        return classifier.logits_watched(images, layer=spatial, watch=watch)

    compiled = tf.function(
        lambda some: way(score, classifier.preprocess(some), places), autograph=False
    )
    return lambda: compiled(pixels)


def places_in(classifier: Classifier, layer: str, *, images: int) -> Places:
    """Choose a place of each image."""
    height, width = (int(side or 0) for side in classifier.layers[layer].output_shape[:2])
    numbers = np.arange(images)
    return sample_places(numbers, height=height, width=width, per_image=1, seed=0)


def collection_text(measured: Sequence[CollectionTimes]) -> str:
    """Tabulate what was measured."""
    collections = "\n".join(row for times in measured for row in collection_rows(times))
    ways = "\n".join(way_row(times) for times in measured)
    return f"""Batches of {BATCH_IMAGES}, one place an image, in turn; times are of a processor,
all threads together. The pass for activations alone ends at their layer; a dataset map's codes
come with the logits; an atlas takes the attributions to all classes.

| network | collected | images/s of a core | ÷ bare forward |
|---|---|---|---|
{collections}

The attributions take a pass a place forwards, and a pass a class backwards:

| network | classes | images | bare ms | forwards | backwards | a place ÷ a class |
|---|---|---|---|---|---|---|
{ways}"""


def collection_rows(times: CollectionTimes) -> list[str]:
    """Write the rows of one network's collections."""
    bare = times.batch["bare"]
    return [
        f"| {times.looked.title}, `{times.looked.layer}` | {name} "
        f"| {BATCH_IMAGES / milliseconds * 1e3:.0f} | {bare / milliseconds:.2f} |"
        for name, milliseconds in times.batch.items()
    ]


def way_row(times: CollectionTimes) -> str:
    """Write the row of one network's two ways."""
    ways = times.ways
    return (
        f"| {times.looked.title} | {times.classes:,} | {times.looked.images} "
        f"| {ways['bare']:.1f} | {ways['forwards']:.1f} | {ways['backwards']:,.1f} "
        f"| {times.forward_pass:.2f} |"
    )
