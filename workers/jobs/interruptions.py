"""Why a job stops between two steps. A kind lets these pass: they are no failures.

JobInterruptedError
├── JobCancelledError   somebody cancelled it
├── HandBackError       this worker ends; another one goes on from the checkpoint
└── LeaseLostError      another worker has it by now, or it has ended
"""


class JobInterruptedError(Exception):
    """Base of what stops a job without its fault."""


class JobCancelledError(JobInterruptedError):
    """Somebody cancelled the job."""


class HandBackError(JobInterruptedError):
    """This worker ends; another one goes on from the checkpoint."""


class LeaseLostError(JobInterruptedError):
    """Another worker has the job by now, or it has ended."""
