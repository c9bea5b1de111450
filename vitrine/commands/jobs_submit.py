"""`vitrine jobs submit`: have long work begun."""

from typing import Annotated

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, AsJson, Model, Url, asking, print_json
from vitrine.commands.job_asking import Parameters, parameters_of


def submit(
    *,
    kind: Annotated[str, typer.Argument(help="Of the work, as activation-maximization.")],
    param: Parameters = None,
    model: Model = None,
    idempotency_key: Annotated[
        str | None, typer.Option(help="Submitted again with it, it is the same job.")
    ] = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Submit a job, and print its ID."""
    parameters = parameters_of(param)
    with asking(url, api_key) as client:
        job = client.submit(kind, parameters, model=model, idempotency_key=idempotency_key)
    if as_json:
        print_json([job.answer])
    else:
        typer.echo(job.id)
