"""`vitrine keys list`: the API keys of a service, without their secrets."""

import json

import typer

from vitrine.commands.key_asking import Data, KeysAsJson, RedisUrl, opened_keys, summary_of
from vitrine.commands.optional_parts import of_part


@of_part("front")
def list_keys(
    as_json: KeysAsJson = False, redis_url: RedisUrl = None, data: Data = None
) -> None:
    """List the API keys, the oldest first, with those that are refused by now."""
    with opened_keys(redis_url, data) as keys:
        records = keys.list()
    if as_json:
        typer.echo(json.dumps({"keys": [summary_of(one) for one in records]}, indent=2))
        return
    from vitrine.commands.keys_table import keys_table

    keys_table(records)
