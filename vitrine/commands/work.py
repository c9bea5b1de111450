"""`vitrine work`: one worker, for a Redis that others run."""

from typing import Annotated

import typer

from vitrine.commands.optional_parts import of_part
from vitrine.commands.process_settings import put_settings
from vitrine.commands.serve import REDIS_HELP


@of_part("worker")
def work(  # noqa: PLR0913 - each parameter is an option of the command
    *,
    redis_url: Annotated[str, typer.Option(envvar="VITRINE_WORKER_REDIS_URL", help=REDIS_HELP)],
    models_folder: Annotated[
        str,
        typer.Option(
            "--models",
            envvar="VITRINE_WORKER_MODELS_FOLDER",
            help="Folder with one folder a model, or a prefix of a store: s3://bucket/models.",
        ),
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
    only: Annotated[
        str | None,
        typer.Option(help="Names of the models to host, with commas.", show_default="all"),
    ] = None,
    max_batch_images: Annotated[
        int | None, typer.Option(help="Images computed at once.", show_default="16")
    ] = None,
    batch_wait_seconds: Annotated[
        float | None,
        typer.Option(help="That a batch which is not full waits.", show_default="0.0"),
    ] = None,
    max_weight_megabytes: Annotated[
        int | None, typer.Option(help="Of all models in memory.", show_default="4096")
    ] = None,
    max_compiled_kernels: Annotated[
        int | None, typer.Option(help="Compiled functions kept.", show_default="64")
    ] = None,
    trust_model_code: Annotated[
        bool | None,
        typer.Option(
            "--trust-model-code/--no-trust-model-code",
            help="Run code that model files bring. Unsafe.",
            show_default="no-trust-model-code",
        ),
    ] = None,
) -> None:
    """Run one worker: it hosts models and computes; start as many as there are devices.

    It needs a Redis (6.2 or later) or Valkey, and fronts that use the same. Every option, and
    more, is also a variable VITRINE_WORKER_<NAME>; an option wins over its variable.
    """
    put_settings(
        "worker",
        redis_url=redis_url,
        jobs_redis_url=jobs_redis_url,
        store=store,
        models_folder=models_folder,
        models=only,
        max_batch_images=max_batch_images,
        batch_wait_seconds=batch_wait_seconds,
        max_weight_megabytes=max_weight_megabytes,
        max_compiled_kernels=max_compiled_kernels,
        trust_model_code=trust_model_code,
    )
    # Imported after the settings are there: TensorFlow takes seconds.
    from workers.__main__ import main

    raise typer.Exit(code=min(main(), 1))
