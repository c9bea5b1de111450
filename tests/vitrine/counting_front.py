"""A front process that takes jobs of the kind that counting workers carry out.

python -m tests.vitrine.counting_front
"""

import sys

from api_schemas.job_kind import JobKind
from api_schemas.schema import Schema
from service import __main__ as front
from service import jobs


class CountParameters(Schema):
    """Of the kind `count`."""

    steps: int = 3
    """How many."""
    step_seconds: float = 0.0
    """That each takes."""


class NoParameters(Schema):
    """Of a kind without any."""


KINDS = (
    JobKind("count", "Count steps.", CountParameters),
    JobKind("broken", "Break down.", NoParameters),
)

if __name__ == "__main__":
    jobs.JOB_KINDS.clear()
    jobs.JOB_KINDS.update({kind.name: kind for kind in KINDS})
    sys.exit(front.main())
