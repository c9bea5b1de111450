"""`vitrine predict`: what a model sees in images."""

from typing import Annotated

import typer

from vitrine.commands.asking import (
    DEFAULT_URL,
    ApiKey,
    AsJson,
    Images,
    Model,
    Url,
    asking,
    in_batches,
    print_json,
)


def predict(
    images: Images,
    model: Model = None,
    top_k: Annotated[
        int | None, typer.Option(min=1, help="Classes to name.", show_default="5")
    ] = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Print the most probable classes of each image."""
    with asking(url, api_key) as client:
        results = in_batches(
            images, lambda some: client.predict_all(some, model=model, top_k=top_k)
        )
    if as_json:
        print_json([result.answer for result in results])
        return
    from vitrine.commands.tables import predictions_table

    predictions_table(images, [result.predictions for result in results])
