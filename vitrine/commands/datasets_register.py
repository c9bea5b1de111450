"""`vitrine datasets register`: images that the service can reach, for jobs to work on."""

from typing import Annotated

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, AsJson, Url, asking, print_json


def register(
    path: Annotated[
        str, typer.Argument(help="Folder or s3:// prefix, under a root of the service's.")
    ],
    name: Annotated[
        str | None, typer.Option(help="For people.", show_default="the path's last part")
    ] = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Have images used where they are, and print the dataset's ID."""
    with asking(url, api_key) as client:
        dataset = client.register_dataset(path, name=name)
    if as_json:
        print_json([dataset])
    else:
        typer.echo(dataset.id)
