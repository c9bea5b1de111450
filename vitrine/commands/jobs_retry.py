"""`vitrine jobs retry`: begin a failed or cancelled job again."""

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, Url, asking
from vitrine.commands.job_asking import JobId


def retry(job: JobId, url: Url = DEFAULT_URL, api_key: ApiKey = None) -> None:
    """Begin a failed or cancelled job again from where it was, and print its status."""
    with asking(url, api_key) as client:
        typer.echo(client.job(job).retry().status)
