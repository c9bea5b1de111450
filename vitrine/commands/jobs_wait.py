"""`vitrine jobs wait`: follow a job to its end."""

from typing import Annotated

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, Url, asking
from vitrine.commands.job_asking import JobId, follow, print_result


def wait(
    job: JobId,
    timeout: Annotated[
        float | None, typer.Option(min=0.0, help="Seconds, after which it goes on alone.")
    ] = None,
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Follow a job with a bar, and print its result as JSON; exit code 1 if it failed."""
    with asking(url, api_key) as client:
        print_result(follow(client.job(job), timeout_seconds=timeout))
