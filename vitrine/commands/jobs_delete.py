"""`vitrine jobs delete`: delete a job and what it made."""

from vitrine.commands.asking import DEFAULT_URL, ApiKey, Url, asking
from vitrine.commands.job_asking import JobId


def delete(job: JobId, url: Url = DEFAULT_URL, api_key: ApiKey = None) -> None:
    """Delete a job that has ended, with all that it made; one that runs is cancelled."""
    with asking(url, api_key) as client:
        client.job(job).delete()
