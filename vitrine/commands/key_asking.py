"""What the commands about API keys have in common: where the keys are, and how they end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vitrine.supervision.embedded_redis import JOBS_SERVER, redis_url

if TYPE_CHECKING:
    from api_schemas.api_keys import KeyRecord
    from messaging.access.store import KeyStore

REPLY_SECONDS = 5.0

RedisUrl = Annotated[
    str | None,
    typer.Option(
        "--redis-url",
        envvar=["VITRINE_SERVICE_JOBS_REDIS_URL", "VITRINE_SERVICE_REDIS_URL"],
        help="Where the fronts keep jobs: redis://, rediss:// (TLS) or unix://.",
        show_default="none",
    ),
]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        exists=True,
        file_okay=False,
        help="Folder of a `vitrine up --data` that runs.",
        show_default="none",
    ),
]
KeyArgument = Annotated[str, typer.Argument(metavar="KEY", help="The ID of a key.")]
KeysAsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@contextmanager
def opened_keys(url: str | None, data: Path | None) -> "Iterator[KeyStore]":
    """Open the keys; what goes wrong ends the command with a line, not a trace.

    Raises:
        typer.BadParameter: it is not said where they are.
        typer.Exit: with code 1.
    """
    from redis.exceptions import RedisError

    from messaging.access.store import KeyStore
    from messaging.connection import connect
    from messaging.errors import MessagingError

    if data is not None:
        url = redis_url(data.resolve(), JOBS_SERVER)
    if url is None:
        raise typer.BadParameter(
            "say where the keys are: --redis-url URL, or --data DIR of `vitrine up --data DIR`"
        )
    try:
        with connect(url, reply_seconds=REPLY_SECONDS) as connection:
            yield KeyStore(connection)
    except RedisError as error:
        # The address may hold a password.
        typer.echo("vitrine: the Redis with the keys does not answer, or refuses us", err=True)
        raise typer.Exit(code=1) from error
    except (MessagingError, OSError, ValueError) as error:
        typer.echo(f"vitrine: {error}", err=True)
        raise typer.Exit(code=1) from error


def summary_of(record: "KeyRecord") -> dict[str, object]:
    """Tell of a key, without its digest."""
    summary: dict[str, object] = record.model_dump(mode="json", exclude={"digest"})
    return summary
