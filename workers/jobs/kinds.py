"""The kinds of job that a worker carries out, each a sequence of stages."""

from collections.abc import Callable, Mapping, Sequence

from workers.jobs.stages import Stage
from workers.model_pool import HostedModel

ModelOf = Callable[[str], HostedModel]
"""Loads a hosted model by its name."""


def job_kinds(model_of: ModelOf) -> Mapping[str, Sequence[Stage]]:
    """Tabulate the kinds; a test holds the table against `api_schemas/job_kinds.py`."""
    return {}
