"""What the self-test measures: the scores and gradients that it compares, in one graph."""

from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from core.models.classifier import Classifier
from core.shapes import Activations, Images, Logits, Scores

SEED = 20_131_220


@dataclass(frozen=True)
class Measured:
    """What one run on two random images gave; row 0 of everything belongs to the first."""

    logits: np.ndarray
    """[2, K], of the two images, from the network as it is."""
    company: np.ndarray
    """[2, K], of the first image twice, from the watched network if a layer is watched."""
    numbers: dict[str, np.ndarray]
    """The gradients and further logits, by the names that `Probe` gives them."""
    missing: dict[str, str]
    """Gradients that do not exist, by name, with the reason; they are zero in `numbers`."""


class Probe:
    """The function that is traced: as few forward passes as can tell, since tracing is slow."""

    def __init__(self, classifier: Classifier, layer: str) -> None:
        self.classifier, self.layer = classifier, layer
        self.missing: dict[str, str] = {}

    def __call__(self, images: Images) -> dict[str, tf.Tensor]:
        """Give all numbers for two images."""
        twice = tf.repeat(images[:1], 2, axis=0)
        logits = self.classifier.logits(images)
        whole = self.gradient("whole", weighted(logits), images)
        numbers = {"logits": logits, "whole": whole}
        if self.layer:
            return numbers | self.at_the_layer(twice)
        return numbers | {"company": self.classifier.logits(twice)}

    def at_the_layer(self, images: Images) -> dict[str, tf.Tensor]:
        """Give the numbers that have to do with a layer."""
        classifier, layer = self.classifier, self.layer
        maps, watched = classifier.logits_watched(images, layer=layer, watch=_ignore)
        fixed = tf.stop_gradient(maps)
        resumed = classifier.logits_resumed(images, layer=layer, activations=fixed)
        by_maps = self.gradient("by_maps", weighted(watched), maps)
        return {
            "company": watched,
            "resumed": resumed,
            "by_maps": by_maps,
            "by_fixed_maps": self.gradient("by_fixed_maps", weighted(resumed), fixed),
            "through": self.gradient("through", maps, images, onward=by_maps),
            "past": self.gradient("past", weighted(resumed), images),
        }

    def gradient(
        self, name: str, of: tf.Tensor, by: tf.Tensor, onward: tf.Tensor | None = None
    ) -> tf.Tensor:
        """Differentiate, noting down a gradient that does not exist; it is then zero."""
        reason = "nothing that can be differentiated leads from it to the scores"
        try:
            found = tf.gradients(of, by, grad_ys=onward)[0]
        except LookupError:
            found, reason = None, "an operation of the network has no gradient"
        if found is None:
            self.missing[name] = reason
            return tf.zeros_like(by)
        return tf.convert_to_tensor(found)


def measure(classifier: Classifier, layer: str) -> Measured:
    """Trace the probe for a layer, or none if the name is empty, and run it once."""
    probe = Probe(classifier, layer)
    numbers = tf.function(probe, autograph=False)(random_images(classifier))
    arrays = {name: number.numpy() for name, number in numbers.items()}
    return Measured(arrays.pop("logits"), arrays.pop("company"), arrays, probe.missing)


def random_images(classifier: Classifier) -> Images:
    """Draw two images, always the same, as the network is fed them: [2, H, W, C]."""
    fed = classifier.manifest.input
    shape = (2, fed.height, fed.width, 3)
    pixels = np.random.default_rng(SEED).integers(0, 256, shape, np.uint8)
    return classifier.preprocess(tf.constant(pixels))


def weighted(logits: Logits) -> Scores:
    """Add the classes up with random weights, so that one gradient tests them all."""
    weights = np.random.default_rng(SEED).standard_normal(logits.shape[-1])
    return tf.linalg.matvec(logits, tf.constant(weights, tf.float32))


def _ignore(activations: Activations) -> None:
    """Watch nothing: gradients are taken of the graph, not of a tape."""
