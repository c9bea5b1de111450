"""A job before it is recorded, as the script that records it takes it."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from messaging.jobs import keys


@dataclass(frozen=True)
class Submission:
    """What is to be done, and for whom."""

    kind: str
    model: str
    params: dict[str, Any]
    idempotency: str | None
    """The caller's own word for it."""
    owner: str | None
    most_own: int
    """Jobs of the owner that may be open; 0 for any number."""

    def keys(self, job: str) -> list[str]:
        """Name what the script `CREATE` touches, for a job of this ID."""
        return [
            keys.job_key(job),
            keys.JOBS,
            keys.OPEN_JOBS,
            keys.queued_key(self.model),
            keys.SEQUENCE,
            keys.idempotency_key(self.idempotency or "", self.owner),
            keys.owned_key(self.owner or ""),
            keys.owned_open_key(self.owner or ""),
        ]

    def arguments(self, job: str, *, retention_ms: int, most_open: int) -> list[str | int]:
        """Give what the script `CREATE` is told."""
        written = json.dumps(self.params, sort_keys=True)
        body = f"{self.kind}\0{self.model}\0{written}"
        return [
            job,
            self.kind,
            self.model,
            written,
            hashlib.sha256(body.encode()).hexdigest(),
            retention_ms,
            most_open,
            keys.IDEMPOTENCY_SECONDS if self.idempotency is not None else 0,
            self.owner or "",
            self.most_own,
        ]
