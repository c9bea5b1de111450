"""What a measurement of maps needs to know of the images and of the model that they explain."""

from dataclasses import dataclass
from functools import cached_property, partial

import tensorflow as tf

from api_schemas.method import ScoreUnit
from core.explain.baselines import baseline_pixels
from core.progress import Track
from core.score import ScoreFunction
from core.shapes import ClassIndices, Images, Maps, Pixels
from workers.explained import Explain
from workers.network_passes import NetworkPasses


@dataclass(frozen=True)
class MeasuredBatch:
    """Images, the classes explained in them, and how to go through the passes."""

    passes: NetworkPasses
    pixels: Pixels
    """[B, H, W, 3] uint8."""
    targets: ClassIndices
    versus: ClassIndices
    seed: int
    max_images: int
    """In one pass through the network."""
    track: Track

    @cached_property
    def images(self) -> Images:
        """[B, H, W, C], preprocessed."""
        return self.passes.predict(self.pixels)[0]

    @property
    def chunk(self) -> int:
        """Variants of the batch in one pass."""
        return max(1, self.max_images // int(self.pixels.shape[0]))

    def score(self, unit: ScoreUnit) -> ScoreFunction:
        """The classes' score."""
        return partial(self.passes.score(unit), targets=self.targets, versus=self.versus)

    def baseline(self, kind: str) -> Images:
        """[B, H, W, C] of images that show nothing, preprocessed."""
        nothing = baseline_pixels(self.pixels.numpy(), kind=kind)
        return self.passes.classifier.preprocess(tf.constant(nothing))

    def explained_by(self, kernel: Explain, pixels: Pixels, track: Track) -> Maps:
        """Explain the same classes in other pixels, or by what the network is meanwhile."""
        return kernel(pixels, self.targets, self.versus, track).maps
