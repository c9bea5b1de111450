"""Another gradient for the rectifiers of any Keras model, for as long as it is being called.

Exchanging the activations of a copy of the model, layer by layer, misses what is nested, shared
or called inside a function, and then silently draws plain gradients. But whatever the form of
a model, each of its ReLUs ends in `tf.nn.relu` or `tf.nn.relu6`, or is a `keras.layers.ReLU`
with a threshold. These are exchanged while the model is called or traced; what a thread calls
that has no rule is not changed.

Every rectifier that is called counts, also one inside Keras' hard sigmoid. Leaky and smooth
activations are no rectifiers: they keep their gradients. What was compiled before (a function
traced earlier, a SavedModel) cannot be changed any more: `count_rectifiers` finds it.
"""

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import keras
import tensorflow as tf

Rectifier = Callable[[tf.Tensor], tf.Tensor]

RectifierRule = Callable[[Rectifier, tf.Tensor], tf.Tensor]
"""From a rectifier and its features to the rectified features, with a gradient of its own."""

SCOPE = "ruled_rectifier"
"""Name scope of the operations that were called under a rule, by which they are recognized."""

RECTIFIER_OPERATIONS = frozenset({"Relu", "Relu6"})
"""TensorFlow's names of the operations that a rule has to be given to."""


@dataclass
class Substitutions:
    """The rule in force, and how often it has been applied."""

    rule: RectifierRule
    calls: int = 0

    def apply(self, rectify: Rectifier, features: tf.Tensor) -> tf.Tensor:
        """Rectify by the rule; the rectifiers that the rule calls are the original ones."""
        self.calls += 1
        with in_force(None), tf.name_scope(SCOPE):
            return self.rule(rectify, tf.convert_to_tensor(features))


@dataclass(frozen=True)
class RectifierCounts:
    """What becomes of the rectifiers that one call of a network goes through."""

    ruled: int
    """Calls that are given the rule."""
    escaped: int
    """Operations out of reach, in functions that were compiled before."""


_rule_in_force: ContextVar[Substitutions | None] = ContextVar("rule_in_force", default=None)


@contextmanager
def in_force(substitutions: Substitutions | None) -> Iterator[None]:
    """Let this thread's rectifiers follow a rule, or none."""
    token = _rule_in_force.set(substitutions)
    try:
        yield
    finally:
        _rule_in_force.reset(token)


@contextmanager
def rectified_by(rule: RectifierRule) -> Iterator[Substitutions]:
    """Give a rule to all rectifiers that this thread calls as long as the context lasts.

    Yields:
        What counts the rectifiers called, so that a caller can refuse a network without any.
    """
    substitutions = Substitutions(rule)
    with _exchange.installed(), in_force(substitutions):
        yield substitutions


def count_rectifiers(
    network: Callable[[tf.Tensor], object], example: tf.Tensor
) -> RectifierCounts:
    """Trace a network and see which of its rectifiers a rule reaches; nothing is computed.

    Args:
        network: any function of images that calls Keras or TensorFlow.
        example: [1, H, W, C] float32; only its shape matters.
    """
    function = tf.function(network, autograph=False)
    with rectified_by(lambda rectify, features: rectify(features)) as substitutions:
        traced = function.get_concrete_function(tf.TensorSpec(example.shape, example.dtype))
    graph = traced.graph.as_graph_def()
    nodes = [*graph.node, *(node for body in graph.library.function for node in body.node_def)]
    rectifiers = [node for node in nodes if node.op in RECTIFIER_OPERATIONS]
    escaped = sum(SCOPE not in node.name for node in rectifiers)
    return RectifierCounts(ruled=substitutions.calls, escaped=escaped)


class _Exchange:
    """Puts our rectifiers in the place of TensorFlow's while any thread needs them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._originals: list[tuple[Any, str, Any]] = []

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Have ours in place; the last one to leave puts the originals back."""
        with self._lock:
            self._users += 1
            if self._users == 1:
                self._install()
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if self._users == 0:
                    self._restore()

    def _install(self) -> None:
        ours = (
            (tf.nn, "relu", ruled_operation),
            (tf.nn, "relu6", ruled_operation),
            (keras.layers.ReLU, "call", ruled_layer_call),
        )
        for owner, name, make in ours:
            original = getattr(owner, name)
            self._originals.append((owner, name, original))
            setattr(owner, name, make(original))

    def _restore(self) -> None:
        while self._originals:
            setattr(*self._originals.pop())


_exchange = _Exchange()


def ruled_operation(original: Callable[..., tf.Tensor]) -> Callable[..., tf.Tensor]:
    """Make a `tf.nn.relu` that follows the rule of the thread that calls it."""

    @functools.wraps(original)
    def rectify(features: tf.Tensor, name: str | None = None) -> tf.Tensor:
        substitutions = _rule_in_force.get()
        if substitutions is None:
            return original(features, name=name)
        return substitutions.apply(original, features)

    exempt: Callable[..., tf.Tensor] = tf.autograph.experimental.do_not_convert(rectify)
    return exempt


def ruled_layer_call(original: Callable[..., tf.Tensor]) -> Callable[..., tf.Tensor]:
    """Make a `keras.layers.ReLU.call` that also rules over thresholds, and leaves leaks alone.

    Keras writes a threshold as a comparison, and a leak with a ceiling as two rectifiers of
    opposite sign, of which neither is one of the network's.
    """

    @functools.wraps(original)
    def call(layer: keras.layers.ReLU, inputs: tf.Tensor) -> tf.Tensor:
        substitutions = _rule_in_force.get()
        if substitutions is None or not (layer.threshold or layer.negative_slope):
            return original(layer, inputs)
        if layer.negative_slope:
            with in_force(None):
                return original(layer, inputs)
        return substitutions.apply(functools.partial(original, layer), inputs)

    return call
