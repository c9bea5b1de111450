"""What BullMQ carries for us: which stage of which job, and which task of that stage."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from messaging.tracing.spans import Carrier


@dataclass(frozen=True)
class JobMessage:
    """One piece of work."""

    job: str
    model: str
    run: int
    stage: int
    task: int | None
    """Of the stage; none for the beginning of the stage itself."""
    trace: Carrier = field(default_factory=dict, hash=False)
    """The span that handed the job out; empty, and not written, without traces."""

    @property
    def bull_id(self) -> str:
        """ID in BullMQ, the same whenever the same piece is handed out: it is added once."""
        begun = f"{self.job}-{self.run}-{self.stage}"
        return begun if self.task is None else f"{begun}-{self.task}"

    @property
    def task_name(self) -> str:
        """Of the task in the job's hash; a stage of one task is that task."""
        return f"{self.stage}:{self.task or 0}"

    def as_json(self) -> dict[str, Any]:
        """Write for BullMQ."""
        fields = asdict(self)
        if not self.trace:
            del fields["trace"]
        return fields


def read_message(data: Mapping[str, Any]) -> JobMessage:
    """Read from BullMQ."""
    return JobMessage(
        job=str(data["job"]),
        model=str(data["model"]),
        run=int(data["run"]),
        stage=int(data["stage"]),
        task=None if data["task"] is None else int(data["task"]),
        trace={str(name): str(value) for name, value in data.get("trace", {}).items()},
    )
