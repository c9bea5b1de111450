"""The contract's word for each refusal that depends on the model alone."""

from core.errors import (
    CoreError,
    LayerNotConvolutionError,
    LayerNotFoundError,
    LayerNotSpatialError,
    MethodUnsupportedError,
)

REFUSAL_CODES: dict[type[CoreError], str] = {
    LayerNotConvolutionError: "layer_not_convolution",
    LayerNotFoundError: "layer_not_found",
    LayerNotSpatialError: "layer_not_spatial",
    MethodUnsupportedError: "method_unsupported",
}
"""Whatever else goes wrong in a kernel is the worker's fault, not the request's."""
