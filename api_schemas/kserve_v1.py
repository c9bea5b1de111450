"""KServe's protocol v1: images as instances, predictions as vectors, explanations as ours."""

from typing import Annotated, Any

from pydantic import Field, JsonValue, WithJsonSchema

from api_schemas.auto import AutoAnswer
from api_schemas.explanations import ExplanationAnswer
from api_schemas.schema import Schema

ENCODED_IMAGE = {
    "type": "object",
    "required": ["b64"],
    "additionalProperties": False,
    "properties": {"b64": {"type": "string", "contentEncoding": "base64"}},
    "description": "Base64 of an image file.",
}
PIXELS = {
    "type": "array",
    "description": "[height][width][3] red, green and blue, whole numbers from 0 to 255.",
    "items": {
        "type": "array",
        "items": {
            "type": "array",
            "minItems": 3,
            "maxItems": 3,
            "items": {"type": "integer", "minimum": 0, "maximum": 255},
        },
    },
}

Instance = Annotated[Any, WithJsonSchema({"anyOf": [ENCODED_IMAGE, PIXELS]})]
"""Checked where it becomes pixels: an image has too many numbers to be checked one by one."""


class PredictRequest(Schema):
    """The body of `POST /v1/models/{model}:predict`."""

    instances: Annotated[list[Instance], Field(min_length=1)]
    """The images: each `{"b64": "<base64 of an image file>"}`, or its pixels."""


class ExplainRequest(PredictRequest):
    """The body of `POST /v1/models/{model}:explain`."""

    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    """`method` (by default `gradcam`), and every option of `POST /explain/{method}` but
    `model`, each under its own name."""


class ModelNames(Schema):
    """Every model that the service knows."""

    models: list[str]
    """By name."""


class PredictionVectors(Schema):
    """What a model sees in each instance."""

    predictions: list[list[float]]
    """For each instance, the probability of every class in index order."""


class ExplainedInstances(PredictionVectors):
    """Each instance explained."""

    explanations: list[AutoAnswer | ExplanationAnswer]
    """For each instance, what `POST /explain/{method}` answers."""
