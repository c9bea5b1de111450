"""The contract's word for each refusal that depends on the model alone."""

from core.errors import (
    CoreError,
    ImageTooLargeError,
    ImageUndecodableError,
    LayerNotConvolutionError,
    LayerNotFoundError,
    LayerNotSpatialError,
    MethodUnsupportedError,
    SizeUnsupportedError,
    UnitNotFoundError,
)

REFUSAL_CODES: dict[type[CoreError], str] = {
    ImageTooLargeError: "image_too_large",
    ImageUndecodableError: "image_undecodable",
    LayerNotConvolutionError: "layer_not_convolution",
    LayerNotFoundError: "layer_not_found",
    LayerNotSpatialError: "layer_not_spatial",
    MethodUnsupportedError: "method_unsupported",
    SizeUnsupportedError: "size_unsupported",
    UnitNotFoundError: "unit_not_found",
}
"""Whatever else goes wrong in a kernel is the worker's fault, not the request's."""
