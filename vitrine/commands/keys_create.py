"""`vitrine keys create`: a new API key, whose secret is shown once."""

import json
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from vitrine.commands.key_asking import Data, KeysAsJson, RedisUrl, opened_keys, summary_of
from vitrine.commands.optional_parts import of_part


class Scope(StrEnum):
    """What a key may do."""

    READ = "read"
    EXPLAIN = "explain"
    JOBS = "jobs"
    ADMIN = "admin"


USUAL = [Scope.READ, Scope.EXPLAIN, Scope.JOBS]
"""For somebody who uses the service and does not run it."""


@of_part("front")
def create(  # noqa: PLR0913 - each parameter is an option of the command
    name: Annotated[str, typer.Argument(help="For people: whose it is, or what for.")],
    *,
    scope: Annotated[
        list[Scope] | None,
        typer.Option(
            help="What it may do; may be repeated.", show_default="read, explain and jobs"
        ),
    ] = None,
    expires_in_days: Annotated[
        float | None, typer.Option(min=0.0, help="Refused afterwards.", show_default="never")
    ] = None,
    requests_per_minute: Annotated[
        int | None, typer.Option(min=1, max=60_000, help="More get a 429.", show_default="any")
    ] = None,
    max_open_jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Queued or running; more get a 429.", show_default="any"),
    ] = None,
    max_stored_bytes: Annotated[
        int | None,
        typer.Option(min=1, help="In datasets and artifacts together.", show_default="any"),
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option(
            metavar="KEY",
            help="Another key, to whose jobs and datasets this one is given too.",
            show_default="nothing yet",
        ),
    ] = None,
    as_json: KeysAsJson = False,
    redis_url: RedisUrl = None,
    data: Data = None,
) -> None:
    """Make an API key, and print its secret: it is shown only now.

    From the first key on, the service asks for one. Fronts know it after a second.
    """
    from api_schemas.api_keys import KeyLimits

    expires_at = (
        None if expires_in_days is None else datetime.now(UTC) + timedelta(days=expires_in_days)
    )
    limits = KeyLimits(
        expires_at=expires_at,
        requests_per_minute=requests_per_minute,
        max_open_jobs=max_open_jobs,
        max_stored_bytes=max_stored_bytes,
    )
    scopes = [one.value for one in scope or USUAL]
    with opened_keys(redis_url, data) as keys:
        # Values of `Scope`, whose members the parser has checked; to mypy they are any texts.
        record, secret = keys.create(name, scopes, limits, owner=owner)  # type: ignore[arg-type]
    if as_json:
        typer.echo(json.dumps(summary_of(record) | {"secret": secret}, indent=2))
        return
    typer.echo(f"vitrine: key {record.id}; keep its secret, it is not shown again:", err=True)
    typer.echo(secret)
