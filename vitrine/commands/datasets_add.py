"""`vitrine datasets add`: images for jobs to work on."""

from pathlib import Path
from typing import Annotated

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, AsJson, Url, asking, print_json


def add(
    archive: Annotated[
        Path,
        typer.Argument(help="Zip or tar; folders are classes.", exists=True, dir_okay=False),
    ],
    name: Annotated[
        str | None, typer.Option(help="For people.", show_default="the file's")
    ] = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Send an archive of images, and print the dataset's ID."""
    with asking(url, api_key) as client:
        dataset = client.upload_dataset(archive, name=name)
    if as_json:
        print_json([dataset])
    else:
        typer.echo(dataset.id)
