"""Listening in on a layer of any Keras model, however deeply nested, while it is called.

Cutting a graph at a layer fails on nested, Sequential and subclassed models. Instead, the
layer's own `call` is wrapped for the time of one call of the whole model: its output can be
looked at (`watch`) or replaced. TensorFlow prunes what a replaced output makes superfluous.
"""

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import keras

OutputHook = Callable[[Any], Any]
"""From a layer's output, mostly one tensor, to what takes its place."""

CALLING = threading.RLock()
"""Held while a network is called: no thread may call a layer that another has tapped."""


@contextmanager
def tapped(layer: keras.Layer, hook: OutputHook) -> Iterator[None]:
    """Pass every output of a layer through a hook, for as long as the context lasts.

    Other threads that tap or call a network through `Classifier` wait meanwhile.
    """
    with CALLING:
        original = layer.call

        @functools.wraps(original)
        def call_and_hook(*inputs: object, **options: object) -> object:
            return hook(original(*inputs, **options))

        had_its_own = "call" in vars(layer)
        object.__setattr__(layer, "call", call_and_hook)
        try:
            yield
        finally:
            if had_its_own:
                object.__setattr__(layer, "call", original)
            else:
                object.__delattr__(layer, "call")


@contextmanager
def all_tapped(hooks: dict[str, tuple[keras.Layer, OutputHook]]) -> Iterator[None]:
    """Tap several layers at once."""
    with ExitStack() as stack:
        for layer, hook in hooks.values():
            stack.enter_context(tapped(layer, hook))
        yield
