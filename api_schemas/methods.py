"""The table of all explanation methods, and how `GET /methods` lists them.

The families' files are the one home of the methods' defaults and ranges; a test holds them and
the kernels against each other.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from pydantic import create_model

from api_schemas.auto import AUTO_METHOD
from api_schemas.cam_methods import CAM_METHODS
from api_schemas.explanations import ExplanationOptions
from api_schemas.gradient_methods import GRADIENT_METHODS
from api_schemas.method import Method, Need
from api_schemas.perturbation_methods import PERTURBATION_METHODS
from api_schemas.pictures import Polarity
from api_schemas.schema import Schema

METHODS = {
    method.name: method
    for method in (*GRADIENT_METHODS, *CAM_METHODS, *PERTURBATION_METHODS, AUTO_METHOD)
}
"""By name, as in `POST /explain/{name}`."""


DEFAULT_METHOD = "gradcam"
"""Where the method is no part of a path and a caller names none."""


@cache
def options_of(method: Method) -> type[ExplanationOptions]:
    """Give the schema of a request: common options and the method's own parameters.

    Made when it is first asked for: at import, all of them would hold every start up.
    """
    return create_model(
        f"{''.join(filter(str.isalnum, method.title))}Options",
        __base__=cast(
            tuple[type[ExplanationOptions], ...], (ExplanationOptions, method.parameters)
        ),
    )


def unsupported_methods(missing: Mapping[Need, str]) -> dict[str, str]:
    """Say by method why a network that lacks something cannot support it.

    Args:
        missing: what the network lacks, and why.
    """
    lacking = {
        name: [missing[need] for need in method.needs if need in missing]
        for name, method in METHODS.items()
    }
    return {name: reasons[0] for name, reasons in lacking.items() if reasons}


class MethodDescription(Schema):
    """An explanation method, as `GET /methods` lists it."""

    name: str
    """As in `POST /explain/{name}`."""
    title: str
    """For people."""
    summary: str
    """What the map shows, in a sentence."""
    source: str
    """The paper."""
    cost: str
    """In passes through the network."""
    polarity: Polarity
    """Shown by default."""
    uses_layer: bool
    """Whether `layer` matters."""
    uses_seed: bool
    """Whether `seed` matters."""
    parameters: dict[str, Any]
    """JSON Schema of the method's own parameters, with defaults and ranges."""


class MethodList(Schema):
    """Every explanation method."""

    methods: list[MethodDescription]
    """In the order of the documentation."""


def describe_methods() -> MethodList:
    """List every method with the schema of its parameters."""
    return MethodList(
        methods=[
            MethodDescription(
                name=method.name,
                title=method.title,
                summary=method.summary,
                source=method.source,
                cost=method.cost,
                polarity=method.polarity,
                uses_layer=method.uses_layer,
                uses_seed=method.uses_seed,
                parameters=method.parameters.model_json_schema(),
            )
            for method in METHODS.values()
        ]
    )
