"""API keys as a table for a person."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from vitrine.commands.tables import show

if TYPE_CHECKING:
    from api_schemas.api_keys import KeyRecord


def keys_table(records: "Sequence[KeyRecord]") -> None:
    """Print keys, one a line."""
    table = Table("key", "name", "scopes", "state", "owner", "limits")
    for one in records:
        table.add_row(
            one.id,
            escape(one.name),
            ", ".join(one.scopes),
            _state(one),
            "its own" if one.owner == one.id else one.owner,
            ", ".join(_limits(one)),
        )
    show(table)


def _state(record: "KeyRecord") -> str:
    """Say whether a key is taken."""
    if record.revoked_at is not None:
        return f"revoked {record.revoked_at:%Y-%m-%d}"
    if record.expires_at is None:
        return "valid"
    word = "expired" if record.expires_at <= datetime.now(UTC) else "until"
    return f"{word} {record.expires_at:%Y-%m-%d}"


def _limits(record: "KeyRecord") -> list[str]:
    """Name the limits that a key has."""
    written = {
        "requests a minute": record.requests_per_minute,
        "open jobs": record.max_open_jobs,
        "bytes": record.max_stored_bytes,
    }
    return [f"{limit:,} {name}" for name, limit in written.items() if limit is not None]
