"""Which explanation method a job runs over a dataset, and with which parameters."""

from typing import Annotated

from pydantic import Field, GetJsonSchemaHandler, JsonValue, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from api_schemas.auto import AUTO_METHOD
from api_schemas.method import Method
from api_schemas.methods import METHODS
from api_schemas.schema import Schema


class DatasetMethod(Schema):
    """A method, as `{"method": "rise", "parameters": {"mask_count": 500}}`.

    In a request its bare name stands for the method with its defaults.
    """

    method: Annotated[str, Field(min_length=1, max_length=64)]
    """Any of `GET /methods` but `auto`, which chooses anew for every image."""
    layer: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    """For a method of the CAM family; by default the model's last layer with a spatial map."""
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    """The method's own, under their names in `GET /methods`; what is left out has its
    default."""

    @model_validator(mode="before")
    @classmethod
    def _read_name(cls, given: object) -> object:
        """Take a bare name for the method with its defaults."""
        return {"method": given} if isinstance(given, str) else given

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Tell of the bare name too."""
        name = {"type": "string", "minLength": 1, "maxLength": 64}
        return {"anyOf": [name, handler(core_schema)]}

    @property
    def known(self) -> Method | None:
        """The method's entry in the table; none where there is none that a dataset can have."""
        return None if self.method == AUTO_METHOD.name else METHODS.get(self.method)

    @property
    def is_long(self) -> bool:
        """Whether it takes many passes through the network for every image."""
        return self.known is not None and self.known.is_long
