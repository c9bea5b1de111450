"""Datasets, as stages of jobs open them."""

from storage.dataset import Dataset
from storage.datasets import Datasets
from storage.errors import DatasetNotFoundError
from storage.store import Store
from workers.jobs.errors import JobRefusedError


def dataset_of(store: Store, dataset: str) -> Dataset:
    """Open a dataset.

    Raises:
        JobRefusedError: there is none of that ID.
    """
    try:
        return Datasets(store, roots=()).open(dataset)
    except DatasetNotFoundError as error:
        raise JobRefusedError("dataset_not_found", str(error)) from error
