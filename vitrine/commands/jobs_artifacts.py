"""`vitrine jobs artifacts`: which files a job has made."""

from vitrine.commands.asking import DEFAULT_URL, ApiKey, AsJson, Url, asking, print_json
from vitrine.commands.job_asking import JobId


def artifacts(
    job: JobId, as_json: AsJson = False, url: Url = DEFAULT_URL, api_key: ApiKey = None
) -> None:
    """List the files that a job has made so far."""
    with asking(url, api_key) as client:
        found = client.job(job).artifacts()
    if as_json:
        print_json(found, name="artifacts")
        return
    from vitrine.commands.tables import artifacts_table

    artifacts_table(found)
