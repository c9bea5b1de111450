"""Which channels of a layer are looked at: as people write it, and as it travels."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BeforeValidator, Field

from api_schemas.schema import Schema

FIRST_CHANNELS = 64
"""Looked at where a request does not say which."""
MOST_CHANNELS = 512
"""In one answer."""

ChannelRanges = Annotated[
    str,
    Field(
        max_length=2000,
        pattern=r"^ *[0-9]{1,6}( *- *[0-9]{1,6})?( *, *[0-9]{1,6}( *- *[0-9]{1,6})?)* *$",
    ),
]
"""Such as `0-31`, `1,5,9` or `0-7,40`."""


class ChosenChannels(Schema):
    """What an order for a layer's activations holds."""

    channels: tuple[int, ...]
    """In the order in which they are shown."""


def words_of(words: object) -> object:
    """Read a list written with commas, as forms and queries do, also if given in parts."""
    parts = [words] if isinstance(words, str) else words
    if not isinstance(parts, Sequence) or not all(isinstance(part, str) for part in parts):
        return words
    return [word.strip() for part in parts for word in part.split(",") if word.strip()]


CommaSeparated = BeforeValidator(words_of)
"""For a field that is a list of words."""
