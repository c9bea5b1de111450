"""`vitrine datasets list`: the datasets of a service."""

from vitrine.commands.asking import DEFAULT_URL, ApiKey, AsJson, Url, asking, print_json


def list_datasets(
    as_json: AsJson = False, url: Url = DEFAULT_URL, api_key: ApiKey = None
) -> None:
    """List the datasets."""
    with asking(url, api_key) as client:
        datasets = client.datasets()
    if as_json:
        print_json(datasets, name="datasets")
        return
    from vitrine.commands.tables import datasets_table

    datasets_table(datasets)
