"""`vitrine keys revoke`: an API key is refused from now on."""

import json

import typer

from vitrine.commands.key_asking import (
    Data,
    KeyArgument,
    KeysAsJson,
    RedisUrl,
    opened_keys,
    summary_of,
)
from vitrine.commands.optional_parts import of_part


@of_part("front")
def revoke(
    key: KeyArgument,
    as_json: KeysAsJson = False,
    redis_url: RedisUrl = None,
    data: Data = None,
) -> None:
    """Revoke an API key; every front refuses it within seconds. What it made stays."""
    with opened_keys(redis_url, data) as keys:
        record = keys.revoke(key)
    if as_json:
        typer.echo(json.dumps(summary_of(record), indent=2))
    else:
        typer.echo(f"vitrine: key {record.id} is revoked", err=True)
