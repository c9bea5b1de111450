"""`vitrine visualize`: pictures of what a layer's channels look for."""

from pathlib import Path
from typing import Annotated

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, AsJson, Model, Url, asking
from vitrine.commands.job_asking import Parameters, follow, parameters_of, print_result

KIND = "activation-maximization"


def visualize(  # noqa: PLR0913 - each parameter is an option of the command
    *,
    out: Annotated[Path, typer.Option(help="Folder for the pictures.", file_okay=False)],
    layer: Annotated[
        str | None, typer.Option(help="Of the model.", show_default="its last with a map")
    ] = None,
    channels: Annotated[
        str | None, typer.Option(help="As 0-8, 1,5,9 or random:9.", show_default="random:9")
    ] = None,
    steps: Annotated[
        int | None, typer.Option(min=1, help="Of optimization.", show_default="128")
    ] = None,
    param: Parameters = None,
    model: Model = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Have pictures made that excite channels of a layer most, and fetch them.

    The pictures are a job of kind activation-maximization; --param takes any of its parameters.
    """
    named = {"layer": layer, "channels": channels, "steps": steps}
    asked = {name: value for name, value in named.items() if value is not None}
    parameters = parameters_of(param) | asked
    with asking(url, api_key) as client:
        job = client.submit(KIND, parameters, model=model)
        result = follow(job)
        files = job.save(out)
    if as_json:
        print_result(result)
    else:
        typer.echo(f"{len(files)} files in {out}")
