"""`vitrine locate`: where images fall on an atlas."""

import json
from typing import Annotated

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, AsJson, Images, Url, asking, in_batches


def locate(
    images: Images,
    atlas: Annotated[str, typer.Option(help="ID of the atlas: of the job that made it.")],
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Print the cells of an atlas that hold most of each image."""
    with asking(url, api_key) as client:
        found = in_batches(images, lambda some: client.locate_all(some, atlas))
    if as_json:
        cells = [[cell.model_dump(mode="json") for cell in one] for one in found]
        document = cells[0] if len(cells) == 1 else {"results": cells}
        typer.echo(json.dumps(document, indent=2))
        return
    from vitrine.commands.atlas_tables import located_table

    located_table(images, found)
