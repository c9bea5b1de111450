"""`vitrine explain`: what in images speaks for a class."""

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


def explain(  # noqa: PLR0913 - each parameter is an option of the command
    *,
    images: Images,
    method: Annotated[
        str | None,
        typer.Option(
            "--method", "-m", help="Any of the service's, or auto.", show_default="gradcam"
        ),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(help="Class to explain: label or index.", show_default="the top class"),
    ] = None,
    versus: Annotated[
        str | None, typer.Option(help="Explain why the target rather than this class.")
    ] = None,
    layer: Annotated[
        str | None, typer.Option(help="Of the CAM family.", show_default="the model's last")
    ] = None,
    outputs: Annotated[
        str | None,
        typer.Option(
            help="Of heatmap, overlay, contour, raw, box; with commas.",
            show_default="overlay,heatmap,raw",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for all outputs, or a .png or .npy file for one."),
    ] = None,
    option: More = None,
    model: Model = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Explain each image, and write the pictures and numbers where --out says."""
    from api_schemas.methods import DEFAULT_METHOD
    from vitrine.commands.outputs import check_place, write_outputs

    check_place(out, images)
    named = {"model": model, "target": target, "versus": versus, "layer": layer}
    options = {**options_of(option), **named}
    if outputs is not None:
        options["outputs"] = outputs
    chosen = method or DEFAULT_METHOD
    with asking(url, api_key) as client:
        results = in_batches(images, lambda some: client.explain_all(some, chosen, **options))
        for image, result in zip(images, results, strict=True):
            write_outputs(result.answer, image, out)
    if as_json:
        print_json([result.answer for result in results])
        return
    from vitrine.commands.tables import explanations_table

    explanations_table(images, [result.answer for result in results])
