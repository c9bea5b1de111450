"""`vitrine jobs list`: the jobs of a service."""

from itertools import islice
from typing import Annotated

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, AsJson, Url, asking, print_json


def list_jobs(
    status: Annotated[
        str | None,
        typer.Option(help="queued, running, succeeded, failed or cancelled alone."),
    ] = None,
    kind: Annotated[str | None, typer.Option(help="Jobs of this kind alone.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """List jobs, the newest first."""
    with asking(url, api_key) as client:
        jobs = [job.answer for job in islice(client.jobs(status=status, kind=kind), limit)]
    if as_json:
        print_json(jobs, name="jobs")
        return
    from vitrine.commands.tables import jobs_table

    jobs_table(jobs)
