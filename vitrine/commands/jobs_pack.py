"""`vitrine jobs pack`: a job as one file, to be shown with its model by other services."""

from pathlib import Path
from typing import Annotated

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, Url, asking
from vitrine.commands.job_asking import JobId


def pack(
    job: JobId,
    out: Annotated[
        Path, typer.Option(help="File for it, such as MODEL/shipped/atlas.zip.", dir_okay=False)
    ],
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Pack a job that has succeeded, with all that it made.

    In the folder `shipped` of its model's folder, every service that hosts the model shows it.
    """
    from vitrine.client.packing import packed_job

    with asking(url, api_key) as client:
        asked = client.job(job)
        result = asked.result()
        dataset = asked.answer.params.get("dataset")
        artifacts = ((one.path, asked.artifact(one.path)) for one in asked.artifacts())
        name = client.dataset(dataset).name if dataset else None
        packed = packed_job(asked.answer, result, artifacts, dataset_name=name)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(packed)
    typer.echo(out)
