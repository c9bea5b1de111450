"""Asking for a result to be made again, and what came of it."""

import json
from typing import Annotated

from pydantic import BeforeValidator, JsonValue

from api_schemas.auto import AutoAnswer
from api_schemas.explanations import ExplanationAnswer
from api_schemas.predictions import PredictionAnswer
from api_schemas.receipts import Receipt
from api_schemas.schema import Schema


def _from_text(receipt: object) -> object:
    """Read a receipt that stands in a form or a query as JSON text."""
    if not isinstance(receipt, str):
        return receipt
    try:
        return json.loads(receipt)
    except (ValueError, RecursionError):
        return receipt


class ReplayOptions(Schema):
    """Options of `POST /replay`."""

    receipt: Annotated[Receipt, BeforeValidator(_from_text)]
    """Of the result to make again; in a form or a query, as JSON text."""


class ReplayDifference(Schema):
    """Something that is not as it was."""

    pointer: str
    """JSON pointer to it in the receipt."""
    then: JsonValue
    """What the receipt says; none where it says nothing."""
    now: JsonValue
    """What it is today; none where it is no longer there."""


class Reproduction(Schema):
    """How a result that was made again compares with its receipt."""

    reproduced: bool
    """Whether every part is the same, byte for byte."""
    differences: tuple[ReplayDifference, ...]
    """In the parts, and in what made them; a result may be the same in spite of the latter."""


class ReplayAnswer(Reproduction):
    """A result made again."""

    answer: AutoAnswer | ExplanationAnswer | PredictionAnswer
    """As the route of the result answers it, with a receipt of its own."""
