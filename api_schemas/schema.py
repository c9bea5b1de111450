"""The base of every schema: frozen, strict about unknown fields, described by docstrings."""

from pydantic import BaseModel, ConfigDict


class Schema(BaseModel):
    """A value that crosses a process boundary."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        # A field called `model` names an image classifier, not a pydantic model.
        protected_namespaces=(),
    )
