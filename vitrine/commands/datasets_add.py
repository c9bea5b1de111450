"""`vitrine datasets add`: images for jobs to work on, sent with a bar."""

from pathlib import Path
from typing import Annotated

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, AsJson, Url, asking, print_json


def add(
    images: Annotated[
        Path,
        typer.Argument(help="A folder, a zip or a tar; folders are classes.", exists=True),
    ],
    name: Annotated[
        str | None, typer.Option(help="For people.", show_default="the file's")
    ] = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Send a folder or an archive of images, and print the dataset's ID."""
    from vitrine.commands.sending_images import send_images

    with asking(url, api_key) as client:
        dataset = send_images(client, images, name=name)
    if as_json:
        print_json([dataset])
    else:
        typer.echo(dataset.id)
