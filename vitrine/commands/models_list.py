"""`vitrine models list`: the models that a service knows."""

import json

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, AsJson, Url, asking


def list_models(
    as_json: AsJson = False, url: Url = DEFAULT_URL, api_key: ApiKey = None
) -> None:
    """List the models that a running service knows."""
    with asking(url, api_key) as client:
        models = client.models()
    if as_json:
        typer.echo(json.dumps(models.model_dump(mode="json"), indent=2, ensure_ascii=False))
        return
    from vitrine.commands.tables import models_table

    models_table(models)
