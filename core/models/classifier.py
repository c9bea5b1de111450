"""A loaded model as the kernels use it: from pixels to scores, watched or resumed at a layer.

The methods that call the network are meant to be called while a `tf.function` is traced; the
worker compiles them together with a kernel.
"""

from dataclasses import dataclass, field, replace

import keras
import tensorflow as tf

from core.errors import LayerNotFoundError, LayerNotSpatialError
from core.models.folding import Folding
from core.models.forms import call_network
from core.models.layers import LayerDescription, named_layers
from core.models.logits import logits_of
from core.models.manifest import Manifest
from core.models.needs import Missing
from core.models.preprocessing import RgbPixels, preprocess
from core.models.taps import CALLING, tapped
from core.score import Watch
from core.shapes import Activations, Images, Logits


@dataclass(frozen=True)
class Classifier:
    """An image classifier and what is known of it."""

    name: str
    manifest: Manifest
    network: keras.Model
    classes: tuple[str, ...]
    layers: dict[str, LayerDescription]
    """By name, in the order of the forward pass."""
    default_layer: str
    """Empty where the network has no layer with a spatial map."""
    sha256: str
    """Of the weights' file."""
    missing: Missing = field(default_factory=dict)
    """What this network lacks of what methods need, and why; found out at load."""
    folding: Folding = field(default_factory=Folding)
    """What of the network is computed in fewer steps than it was made of."""

    def unfolded(self) -> "Classifier":
        """Give the same classifier, computing in the very steps that the network is made of."""
        return replace(self, folding=Folding())

    def preprocess(self, pixels: RgbPixels) -> Images:
        """Turn RGB pixels [B, H, W, 3] into the network's input [B, H, W, C]."""
        return preprocess(
            pixels, to=self.manifest.input, application=self.manifest.weights.application
        )

    def raw_output(self, images: Images) -> tf.Tensor:
        """Give the network's chosen output [B, K] as it is, after the softmax if it has one."""
        with CALLING, self.folding.in_force():
            return call_network(self.network, images, self.manifest.input, self.manifest.output)

    def logits(self, images: Images) -> Logits:
        """Score every class, before the softmax: [B, K] float32."""
        return logits_of(self.raw_output(images), self.manifest.output.activation)

    def logits_watched(
        self, images: Images, *, layer: str, watch: Watch
    ) -> tuple[Activations, Logits]:
        """Score every class, and hand a layer's activations out before anything follows them.

        Args:
            images: [B, H, W, C] float32.
            layer: a name in `layers`.
            watch: called with the activations, so that a tape can differentiate by them.

        Returns:
            The activations [B, h, w, D], float32 also where the network computes in halves,
            and the logits [B, K].

        Raises:
            LayerNotFoundError: the network has no such layer.
            LayerNotSpatialError: it is called more than once, or puts out several tensors.
        """
        seen: list[Activations] = []

        def show(activations: Activations) -> Activations:
            seen.append(tf.cast(tf.identity(activations), tf.float32))
            watch(seen[-1])
            return tf.cast(seen[-1], activations.dtype)

        with tapped(self.tappable_layer(layer), show):
            logits = self.logits(images)
        return seen[-1], logits

    def logits_resumed(self, images: Images, *, layer: str, activations: Activations) -> Logits:
        """Score every class as if a layer gave these activations [B, h, w, D]: [B, K].

        Raises:
            LayerNotFoundError: the network has no such layer.
            LayerNotSpatialError: it is called more than once, or puts out several tensors.
        """
        with tapped(
            self.tappable_layer(layer), lambda replaced: tf.cast(activations, replaced.dtype)
        ):
            return self.logits(images)

    def layer(self, name: str) -> keras.Layer:
        """Find a layer by its path.

        Raises:
            LayerNotFoundError: the network has no such layer.
        """
        if name not in self.layers:
            raise LayerNotFoundError(name, tuple(self.layers))
        return named_layers(self.network)[name]

    def tappable_layer(self, name: str) -> keras.Layer:
        """Find a layer that puts out one tensor once in a forward pass.

        Raises:
            LayerNotFoundError: the network has no such layer.
            LayerNotSpatialError: it is called more than once, or puts out several tensors.
        """
        layer, described = self.layer(name), self.layers[name]
        if described.calls != 1 or not described.is_single_tensor:
            raise LayerNotSpatialError(name, described.output_shape, described.refusal)
        return layer

    def spatial_layer(self, name: str | None) -> str:
        """Check that a layer can be explained, or give the default one.

        Raises:
            LayerNotFoundError: the network has no such layer.
            LayerNotSpatialError: its output is no stack of maps.
        """
        chosen = name or self.default_layer
        if not chosen:
            raise LayerNotSpatialError(
                chosen, (), "the network has no layer with a spatial map"
            )
        self.layer(chosen)
        refusal = self.layers[chosen].refusal
        if refusal is not None:
            raise LayerNotSpatialError(chosen, self.layers[chosen].output_shape, refusal)
        return chosen
