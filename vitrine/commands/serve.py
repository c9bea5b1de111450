"""`vitrine serve`: one front, for a Redis that others run."""

from typing import Annotated

import typer

from vitrine.commands.optional_parts import of_part
from vitrine.commands.process_settings import put_settings

REDIS_HELP = "redis://, rediss:// (TLS) or unix://, with user, password and database."


@of_part("front")
def serve(  # noqa: PLR0913 - each parameter is an option of the command
    *,
    redis_url: Annotated[
        str, typer.Option(envvar="VITRINE_SERVICE_REDIS_URL", help=REDIS_HELP)
    ],
    jobs_redis_url: Annotated[
        str | None,
        typer.Option(help="Another Redis, for jobs.", show_default="the same Redis"),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            help="For artifacts: a folder, or s3://bucket/prefix; the same everywhere.",
            show_default=".vitrine/store",
        ),
    ] = None,
    default_model: Annotated[
        str | None,
        typer.Option(help="For requests that name no model.", show_default="catsdogs"),
    ] = None,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="TCP port to listen on.", show_default="8000"),
    ] = None,
    root_path: Annotated[
        str | None,
        typer.Option(
            help="Prefix under which a proxy serves it, as /vitrine.", show_default="none"
        ),
    ] = None,
    deadline_seconds: Annotated[
        float | None,
        typer.Option(help="Later answers are given up with a 504.", show_default="30.0"),
    ] = None,
    max_waiting_requests: Annotated[
        int | None,
        typer.Option(help="Per model; more are refused at once.", show_default="256"),
    ] = None,
) -> None:
    """Run one front: HTTP in and out, no TensorFlow.

    It needs a Redis (6.2 or later) or Valkey, and workers that use the same. Every option, and
    more, is also a variable VITRINE_SERVICE_<NAME>; an option wins over its variable.
    """
    from service.__main__ import main

    put_settings(
        "service",
        redis_url=redis_url,
        jobs_redis_url=jobs_redis_url,
        store=store,
        default_model=default_model,
        host=host,
        port=port,
        root_path=root_path,
        deadline_seconds=deadline_seconds,
        max_waiting_requests=max_waiting_requests,
    )
    raise typer.Exit(code=main())
