"""API keys: who may do what, and how much of it."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, PositiveInt

from api_schemas.schema import Schema

KeyScope = Literal["read", "explain", "jobs", "admin"]
"""What a key may do. `read`: look at models, methods, and what is its own. `explain`: have
images looked at. `jobs`: make, change and delete jobs and datasets. `admin`: all of it, of
everybody."""

KEY_SCOPES: tuple[KeyScope, ...] = ("read", "explain", "jobs", "admin")
"""In the order in which they are listed."""

KeyName = Annotated[
    str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$")
]

KeyId = Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]


class KeyLimits(Schema):
    """How long a key is taken, and for how much."""

    expires_at: AwareDatetime | None = None
    """From then on it is refused."""
    requests_per_minute: Annotated[int, Field(ge=1, le=60_000)] | None = None
    """More get a 429."""
    max_open_jobs: PositiveInt | None = None
    """Jobs of its owner that are queued or running; more get a 429."""
    max_stored_bytes: PositiveInt | None = None
    """Of its owner's uploads, artifacts and checkpoints; beyond, nothing more is taken."""


class KeySummary(KeyLimits):
    """A key as it is told of: without anything that it could be used or guessed by."""

    id: KeyId
    """Names it, in logs too; no secret."""
    name: KeyName
    """For people; need not be the only one of its kind."""
    scopes: Annotated[list[KeyScope], Field(min_length=1)]
    """What it may do."""
    owner: KeyId
    """Whose jobs and datasets it sees: its own, or those of the key that it follows."""
    created_at: AwareDatetime
    """When it was made."""
    revoked_at: AwareDatetime | None = None
    """Since then it is refused."""


class KeyRecord(KeySummary):
    """A key as it is kept."""

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", repr=False)]
    """SHA-256 of the secret, in hexadecimal."""
