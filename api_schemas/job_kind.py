"""What is known of a kind of job before any is submitted."""

from dataclasses import dataclass

from api_schemas.schema import Schema


@dataclass(frozen=True)
class JobKind:
    """A kind of long work."""

    name: str
    """As submitted."""
    summary: str
    """One line for a person."""
    parameters: type[Schema]
    """With their defaults and ranges."""
