"""Long work by ID: what is submitted, and what is told of it until and after its end."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from api_schemas.schema import Schema

JobStatus = Literal["queued", "running", "succeeded", "failed", "cancelled"]

ENDED: frozenset[JobStatus] = frozenset({"succeeded", "failed", "cancelled"})
"""Nothing happens to such a job any more, unless it is retried."""

MOST_LISTED = 200
"""Jobs in one page of a list."""


Cursor = Annotated[str, Field(max_length=64, pattern=r"^([0-9]{1,16}-[0-9A-Za-z]+)?$")]
"""Where a page of a list ended: a time in milliseconds, and a job; empty for none."""


class JobSubmission(Schema):
    """A request for long work."""

    kind: Annotated[str, Field(min_length=1, max_length=64)]
    """What to do, such as `activation-maximization`."""
    model: Annotated[str, Field(max_length=64)] | None = None
    """By default the service's default model."""
    params: dict[str, Any] = Field(default_factory=dict)
    """Of the kind; what is left out has its default."""


class JobProgress(Schema):
    """How far a job is."""

    fraction: Annotated[float, Field(ge=0.0, le=1.0)] = 0.0
    """Of the whole job."""
    stage: str = ""
    """Which part of the work is under way."""
    step: int = 0
    """Steps of that stage that are done."""
    total: int = 0
    """Steps that the stage has."""
    eta_seconds: float | None = None
    """Until the stage ends, as it went so far; none as long as that is anybody's guess."""
    message: str = ""
    """For a person."""


class JobError(Schema):
    """Why a job failed or ended early."""

    code: str
    """Stable snake_case word."""
    detail: str
    """What is wrong and what to do about it, for a person."""


class JobLinks(Schema):
    """Where more of a job is found."""

    self: str
    """The job itself."""
    events: str
    """Its progress as a stream of events."""
    result: str
    """What it came to, once it has succeeded."""
    artifacts: str
    """The files that it made so far."""


class Job(Schema):
    """A job as it stands."""

    id: str
    """For every later question about it."""
    kind: str
    """What it does."""
    model: str
    """Which model it does that with."""
    status: JobStatus
    """Where it stands."""
    progress: JobProgress
    """How far it is."""
    queue_position: int | None
    """How many jobs for the model go first; none unless it is queued."""
    attempt: int
    """How often it was begun: more than once after a worker died, or a retry."""
    created_at: AwareDatetime
    """When it was submitted."""
    started_at: AwareDatetime | None
    """When it was begun for the first time."""
    finished_at: AwareDatetime | None
    """When it ended."""
    expires_at: AwareDatetime | None
    """When it and its artifacts are deleted; known once it has ended."""
    params: dict[str, Any]
    """All of them, defaults filled in."""
    error: JobError | None
    """Of a failed or cancelled job."""
    links: JobLinks
    """Where more is found."""


class JobList(Schema):
    """Jobs, the newest first."""

    jobs: list[Job]
    """One page."""
    next_cursor: str | None
    """For the next page; none where this is the last."""


class JobListOptions(Schema):
    """Which jobs to list."""

    status: JobStatus | None = None
    """Only jobs that stand so."""
    kind: Annotated[str, Field(max_length=64)] | None = None
    """Only jobs of this kind."""
    limit: Annotated[int, Field(ge=1, le=MOST_LISTED)] = 50
    """Jobs in one answer."""
    cursor: Cursor | None = None
    """`next_cursor` of the page before."""


class Artifact(Schema):
    """A file that a job made."""

    path: str
    """Within the job."""
    bytes: int
    """Size of the file."""
    media_type: str
    """What it holds."""
    etag: str
    """Of its content, quoted as in the header."""
    href: str
    """Where it is fetched."""


class ArtifactList(Schema):
    """The files that a job has made so far."""

    artifacts: list[Artifact]
    """In the order of their paths."""
