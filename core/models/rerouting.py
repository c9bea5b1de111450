"""Putting another function in the place of layers' calls, for one call of the whole model.

What `core.models.taps` does with a layer's output, this does with the whole call: the function
sees the layer's inputs too, and may compute something else.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps

import keras

from core.models.taps import CALLING

Call = Callable[..., object]
"""What Keras calls with a layer's inputs and options, in place of `layer.call`."""


@contextmanager
def rerouted(routes: Mapping[keras.Layer, Call]) -> Iterator[None]:
    """Send the calls of layers elsewhere, for as long as the context lasts.

    Other threads that tap, reroute or call a network through `Classifier` wait meanwhile.

    Args:
        routes: for each layer what Keras is to call in the place of its own `call`.
    """
    with CALLING:
        instance_calls = {layer: vars(layer).get("call") for layer in routes}
        for layer, call in routes.items():
            object.__setattr__(layer, "call", stand_in(layer, call))
        try:
            yield
        finally:
            for layer, instance_call in instance_calls.items():
                if instance_call is None:
                    object.__delattr__(layer, "call")
                else:
                    object.__setattr__(layer, "call", instance_call)


def stand_in(layer: keras.Layer, call: Call) -> Call:
    """Make a function look like a layer's own call, and leave the function itself as it is."""

    @wraps(layer.call)
    def call_instead(*inputs: object, **options: object) -> object:
        return call(*inputs, **options)

    return call_instead
