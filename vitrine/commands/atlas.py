"""`vitrine atlas`: what a layer sees in your images, laid out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, AsJson, Model, Url, asking, print_json
from vitrine.commands.job_asking import Parameters, follow, parameters_of, print_result

if TYPE_CHECKING:
    from vitrine.client.blocking import Client
    from vitrine.client.jobs import Job

KIND = "atlas"


def atlas(  # noqa: PLR0913 - each parameter is an option of the command
    *,
    images: Annotated[
        str,
        typer.Argument(help="A folder or an archive of images, or the ID of a dataset."),
    ],
    layer: Annotated[
        str | None, typer.Option(help="Of the model.", show_default="its last with a map")
    ] = None,
    quality: Annotated[
        Literal["draft", "standard", "published"] | None,
        typer.Option(help="How many images, cells and steps.", show_default="standard"),
    ] = None,
    class_filter: Annotated[
        str | None, typer.Option("--class", help="Only what speaks for this class.")
    ] = None,
    versus: Annotated[
        str | None, typer.Option(help="Lay out which of the two classes is spoken for.")
    ] = None,
    param: Parameters = None,
    model: Model = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what it would cost.")
    ] = False,
    wait: Annotated[
        bool, typer.Option("--wait/--no-wait", help="Follow the job, or print its ID.")
    ] = True,
    preview: Annotated[
        Path | None, typer.Option(help="PNG file for a picture of the whole.", dir_okay=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for every file of it.", file_okay=False)
    ] = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Have an activation atlas made of images, follow it, and fetch what it made.

    Images that are here are sent first, as a dataset that stays; its ID is told. The atlas is
    a job, which Ctrl-C leaves running; --param takes any of its parameters.
    """
    if not wait and (preview or out):
        raise typer.BadParameter("there is nothing to fetch yet", param_hint="--no-wait")
    classes = {"class_filter": class_name(class_filter), "versus": class_name(versus)}
    named = {"layer": layer, "quality": quality, "dry_run": dry_run or None, **classes}
    asked = {name: value for name, value in named.items() if value is not None}
    parameters = parameters_of(param) | asked
    with asking(url, api_key) as client:
        parameters["dataset"] = dataset_of(client, images)
        job = client.submit(KIND, parameters, model=model)
        if not wait:
            print_json([job.answer]) if as_json else typer.echo(job.id)
            return
        result = follow(job)
        files = 0 if dry_run else fetch(job, result, preview=preview, out=out)
    if as_json:
        print_result(result)
    else:
        show(job, result, files=files)


def fetch(job: "Job", result: dict[str, Any], *, preview: Path | None, out: Path | None) -> int:
    """Write what was asked for; how many files a folder got.

    Raises:
        VitrineError: it cannot be fetched.
        OSError: it cannot be written.
    """
    if preview is not None:
        preview.write_bytes(job.artifact(str(result["preview"])))
    return len(job.save(out)) if out is not None else 0


def show(job: "Job", result: dict[str, Any], *, files: int) -> None:
    """Print what an atlas came to, or what it would cost."""
    from vitrine.commands.atlas_tables import atlas_table, cost_table

    if "atlas" in result:
        atlas_table(job.id, result, files=files)
    else:
        cost_table(result)


def class_name(word: str | None) -> str | int | None:
    """Take a word for the index of a class, if it is a number, or else for a label."""
    return int(word) if word is not None and word.isdecimal() else word


def dataset_of(client: "Client", images: str) -> str:
    """Give the ID of a dataset; images that are here become one.

    Raises:
        typer.BadParameter: it is a path, at which there is nothing.
    """
    from vitrine.commands.sending_images import send_images

    path = Path(images)
    if not path.exists():
        if path.suffix or len(path.parts) > 1:
            raise typer.BadParameter(f"there is no file {images}", param_hint="IMAGES")
        return images
    dataset = send_images(client, path, name=None)
    typer.echo(f"vitrine: {dataset.images:,} images are dataset {dataset.id}", err=True)
    return dataset.id
