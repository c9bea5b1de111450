"""`vitrine jobs cancel`: have a job end."""

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, Url, asking
from vitrine.commands.job_asking import JobId


def cancel(job: JobId, url: Url = DEFAULT_URL, api_key: ApiKey = None) -> None:
    """Have a job end, and print its status; what it made stays."""
    with asking(url, api_key) as client:
        typer.echo(client.job(job).cancel().status)
