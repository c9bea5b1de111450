"""The table of job kinds: what can be submitted, with which parameters."""

from api_schemas.job_kind import JobKind

KINDS: tuple[JobKind, ...] = ()

JOB_KINDS = {kind.name: kind for kind in KINDS}
"""By name; a test holds it against the workers' own table."""
