"""Which method the parameters of another protocol name, and with which options."""

from collections.abc import Collection, Mapping
from typing import Any

from api_schemas.method import Method
from api_schemas.methods import DEFAULT_METHOD
from api_schemas.problems import FieldFault
from service.errors import FieldsInvalidError
from service.resolving import find_method

FROM_THE_PATH = "model"


def method_and_options(
    model: str,
    parameters: Mapping[str, Any],
    *,
    not_options: Collection[str] = (),
) -> tuple[Method, dict[str, Any]]:
    """Tell the method from its options.

    Args:
        model: from the path.
        parameters: of the request.
        not_options: options of our own route that the protocol says elsewhere.

    Returns:
        The method, and the options as `POST /explain/{method}` takes them.

    Raises:
        MethodNotFoundError: there is no such method.
        FieldsInvalidError: an option is given that stands elsewhere.
    """
    options = dict(parameters)
    name = options.pop("method", DEFAULT_METHOD)
    for option in (FROM_THE_PATH, *not_options):
        if option in options:
            detail = "is no parameter here: the protocol has another place for it"
            raise FieldsInvalidError([FieldFault(pointer=f"/{option}", detail=detail)])
    return find_method(str(name)), options | {FROM_THE_PATH: model}
