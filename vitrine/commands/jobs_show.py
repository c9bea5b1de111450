"""`vitrine jobs show`: how a job stands."""

from vitrine.commands.asking import DEFAULT_URL, ApiKey, AsJson, Url, asking, print_json
from vitrine.commands.job_asking import JobId


def show(
    job: JobId, as_json: AsJson = False, url: Url = DEFAULT_URL, api_key: ApiKey = None
) -> None:
    """Show how a job stands."""
    with asking(url, api_key) as client:
        answer = client.job(job).answer
    if as_json:
        print_json([answer])
        return
    from vitrine.commands.tables import jobs_table

    jobs_table([answer])
