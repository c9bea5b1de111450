"""What the health routes answer."""

from typing import Literal

from api_schemas.schema import Schema


class Health(Schema):
    """Whether the service can work, and each thing that it needs for that."""

    status: Literal["ok", "unavailable"]
    """Of the whole."""
    checks: dict[str, str]
    """Of each part: `ok`, or what is wrong."""


class ModelReadiness(Schema):
    """A model that can be asked, in the words of other people's protocols."""

    name: str
    """Of the model."""
    ready: bool
    """True: of a model that is not ready, the answer is a problem."""
