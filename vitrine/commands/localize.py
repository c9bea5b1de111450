"""`vitrine localize`: where the object of a class is."""

from pathlib import Path
from typing import Annotated

import typer

from vitrine.commands.asking import (
    DEFAULT_URL,
    ApiKey,
    AsJson,
    Images,
    Model,
    More,
    Url,
    asking,
    in_batches,
    options_of,
    print_json,
)


def localize(  # noqa: PLR0913 - each parameter is an option of the command
    *,
    images: Images,
    target: Annotated[
        str | None,
        typer.Option(help="Class of the object.", show_default="the top class"),
    ] = None,
    method: Annotated[
        str | None,
        typer.Option("--method", "-m", help="Whose map points at it.", show_default="saliency"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for overlays and masks, or a .png file for one overlay."),
    ] = None,
    option: More = None,
    model: Model = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Print the box of the object in each image, and write pictures where --out says."""
    from vitrine.commands.outputs import check_place, write_outputs

    check_place(out, images)
    options = {**options_of(option), "model": model, "target": target, "method": method}
    with asking(url, api_key) as client:
        results = in_batches(images, lambda some: client.localize_all(some, **options))
        for image, result in zip(images, results, strict=True):
            write_outputs(result.answer, image, out)
    if as_json:
        print_json([result.answer for result in results])
        return
    from vitrine.commands.tables import explanations_table

    explanations_table(images, [result.answer for result in results])
