"""`vitrine datasets show`: what is in a dataset, and what was left out of it."""

from typing import Annotated

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, AsJson, Url, asking, print_json


def show(
    dataset: Annotated[str, typer.Argument(help="ID of the dataset.")],
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Show a dataset's classes, and the files that were left out."""
    with asking(url, api_key) as client:
        details = client.dataset(dataset)
    if as_json:
        print_json([details])
        return
    from vitrine.commands.tables import dataset_tables

    dataset_tables(details)
