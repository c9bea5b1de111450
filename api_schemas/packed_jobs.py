"""A job that has succeeded, packed to be shown by other services that host its model.

A packed job is a zip: `job.json` as below, and under `artifacts/` the files that the job made.
"""

from typing import Any, Literal

from pydantic import AwareDatetime

from api_schemas.schema import Schema

JOB_FILE = "job.json"
ARTIFACTS = "artifacts/"


class PackedJob(Schema):
    """`job.json`: what was done, and what it came to."""

    version: Literal[1] = 1
    """Of the format."""
    kind: str
    """What it did."""
    model: str
    """Which model it did that with; it is shown by services that host the model so called."""
    params: dict[str, Any]
    """All of them."""
    result: dict[str, Any]
    """What it came to."""
    created_at: AwareDatetime
    """When it was submitted."""
    started_at: AwareDatetime
    """When it was begun."""
    finished_at: AwareDatetime
    """When it ended."""
