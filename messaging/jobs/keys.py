"""The table of Redis keys of the job lane, beside those of BullMQ under `vitrine:bull`.

| key | type | content | lifetime |
|---|---|---|---|
| vitrine:job:<id> | hash | the record, see `record.py` | until deleted; TOMBSTONE_SECONDS |
| vitrine:job:<id>:tasks | hash | `<stage>:<task>:` fence, done, fraction | the job's |
| vitrine:job:<id>:events | stream | `event`, `data`; the last MOST_EVENTS | the job's |
| vitrine:jobs | sorted set | job → ms when it was created | the job's |
| vitrine:jobs:open | sorted set | the same, of queued and running jobs | until the job ends |
| vitrine:jobs:queued:<model> | sorted set | queued job → its number | while queued |
| vitrine:jobs:of:<owner> | sorted set | job → ms when it was created | the job's |
| vitrine:jobs:open:<owner> | set | jobs that were begun, ended ones among them | the job's |
| vitrine:jobs:shipped | sorted set | the same, of jobs that came with a model | the job's |
| vitrine:jobs:brought | set | jobs that ever came with a model | for good |
| vitrine:jobs:expiring | sorted set | ended job → ms when it is deleted | until then |
| vitrine:jobs:sequence | integer | numbers handed out so far | for good |
| vitrine:jobs:sweep | string | held by the worker that looks after lost jobs | SWEEP_SECONDS |
| vitrine:jobs:ended | hash | `<status>:<code>` → jobs that ended so | for good |
| vitrine:jobs:stage_tasks | hash | `<kind>:<stage>` → tasks done | for good |
| vitrine:jobs:stage_seconds | hash | `<kind>:<stage>` → s that they took | for good |
| vitrine:idempotency:<hash> | hash | `id` of the job, `body` hash | IDEMPOTENCY_SECONDS |

Times are those of Redis' own clock.
"""

import hashlib

BULL_PREFIX = "vitrine:bull"
"""Of the keys that BullMQ keeps."""

CPU_QUEUE = "cpu"
"""Of tasks that need no model."""

MOST_EVENTS = 256
"""Older events of a job are forgotten; each holds the whole progress anyway."""

IDEMPOTENCY_SECONDS = 86_400
"""For so long a repeated submission is known for one."""

TOMBSTONE_SECONDS = 86_400
"""For so long deleting a deleted job is answered like the first time."""

SWEEP_SECONDS = 5
"""Between two looks for jobs that nobody works at."""

JOBS = "vitrine:jobs"
OPEN_JOBS = "vitrine:jobs:open"
EXPIRING_JOBS = "vitrine:jobs:expiring"
SHIPPED_JOBS = "vitrine:jobs:shipped"
BROUGHT_JOBS = "vitrine:jobs:brought"
SEQUENCE = "vitrine:jobs:sequence"
SWEEP = "vitrine:jobs:sweep"
ENDED_TALLY = "vitrine:jobs:ended"
STAGE_TASKS_TALLY = "vitrine:jobs:stage_tasks"
STAGE_SECONDS_TALLY = "vitrine:jobs:stage_seconds"


def job_key(job: str) -> str:
    """Name the record of a job."""
    return f"vitrine:job:{job}"


def tasks_key(job: str) -> str:
    """Name what is known of a job's tasks."""
    return f"vitrine:job:{job}:tasks"


def events_key(job: str) -> str:
    """Name the stream of a job's events."""
    return f"vitrine:job:{job}:events"


def queued_key(model: str) -> str:
    """Name the jobs that wait for a model."""
    return f"vitrine:jobs:queued:{model}"


def idempotency_key(word: str, owner: str | None = None) -> str:
    """Name what is remembered of a caller's own word for a submission; owners are apart."""
    # No word has a zero in it.
    said = word if owner is None else f"{owner}\0{word}"
    return f"vitrine:idempotency:{hashlib.sha256(said.encode()).hexdigest()}"


def owned_key(owner: str) -> str:
    """Name the jobs of an owner."""
    return f"vitrine:jobs:of:{owner}"


def listed_keys(owner: str | None, *, with_shipped: bool) -> list[str]:
    """Name the sets of an owner's jobs, or of everybody's, among which are the shipped ones."""
    if owner is None:
        return [JOBS]
    return [owned_key(owner), SHIPPED_JOBS] if with_shipped else [owned_key(owner)]


def owned_open_key(owner: str) -> str:
    """Name the jobs of an owner that may be open."""
    return f"vitrine:jobs:open:{owner}"


def model_queue(model: str) -> str:
    """Name the BullMQ queue of tasks for a model."""
    return f"model-{model}"
