"""`vitrine datasets delete`: delete a dataset."""

from typing import Annotated

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, Url, asking


def delete(
    dataset: Annotated[str, typer.Argument(help="ID of the dataset.")],
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Delete a dataset."""
    with asking(url, api_key) as client:
        client.delete_dataset(dataset)
