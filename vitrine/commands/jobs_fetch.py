"""`vitrine jobs fetch`: the files that a job made."""

from pathlib import Path
from typing import Annotated

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, Url, asking
from vitrine.commands.job_asking import JobId


def fetch(
    job: JobId,
    out: Annotated[Path, typer.Option(help="Folder for the files.", file_okay=False)],
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Fetch every file that a job has made so far, and print their names."""
    with asking(url, api_key) as client:
        for file in client.job(job).save(out):
            typer.echo(file)
