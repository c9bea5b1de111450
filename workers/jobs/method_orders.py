"""From a method that a job names to the order that a worker's kernels take."""

from pydantic import ValidationError

from api_schemas.dataset_explanations import ExplainedMethod
from api_schemas.dataset_methods import DatasetMethod
from api_schemas.explanations import ExplanationOrder
from core.models.classifier import Classifier
from workers.jobs.errors import JobRefusedError
from workers.kernels import check_support


def order_of(
    wanted: DatasetMethod, classifier: Classifier, *, layer: str | None, seed: int
) -> ExplanationOrder:
    """Say what is to be computed for every image; the class is filled in by the caller.

    Args:
        wanted: the method and its parameters.
        classifier: that it looks at.
        layer: for a method that looks at one; none for the model's default.
        seed: for a method that draws at random.

    Raises:
        JobRefusedError: there is no such method, or it has no such parameters.
        LayerNotFoundError: the model has no such layer.
        LayerNotSpatialError: the layer has no spatial map.
        MethodUnsupportedError: this form of model cannot support the method.
    """
    method = wanted.known
    if method is None:
        raise JobRefusedError("method_not_found", f"no method named {wanted.method!r}")
    try:
        parameters = method.parameters.model_validate(wanted.parameters)
    except ValidationError as error:
        raise JobRefusedError("fields_invalid", f"{wanted.method}: {error}") from error
    check_support(classifier, method.name)
    return ExplanationOrder(
        model=classifier.name,
        method=method.name,
        layer=classifier.spatial_layer(layer) if method.uses_layer else None,
        seed=seed if method.uses_seed else 0,
        parameters=parameters.model_dump(mode="json"),
    )


def explained_method(order: ExplanationOrder) -> ExplainedMethod:
    """Describe an order for people."""
    return ExplainedMethod(
        method=str(order.method), layer=order.layer, parameters=dict(order.parameters)
    )
