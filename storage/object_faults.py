"""From faults of an S3 client to the words of the store."""

from collections.abc import Iterator
from contextlib import contextmanager

from storage.errors import (
    FileChangedError,
    FileNotStoredError,
    StorageError,
    StoreFullError,
    StoreUnavailableError,
)

NOT_THERE = frozenset({"NoSuchKey", "404"})
CHANGED = frozenset({"PreconditionFailed", "412"})
NO_ROOM = frozenset({"QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "507"})
"""S3 itself is never full; servers of its kind are, and their owners set limits."""
OUTSIDE = frozenset({"InvalidRange", "416"})


class RangeOutsideError(StorageError):
    """The object ends before the range begins."""


@contextmanager
def faults_told(path: str) -> Iterator[None]:
    """Tell faults of the client or the bucket in the words of the store."""
    # Takes a while to import, and is there only with an S3 store.
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (OSError, ClientError) as error:
        raise _told(path, error) from error
    except BotoCoreError as error:
        # Its words name the endpoint, and may go to a caller.
        raise StoreUnavailableError(f"{type(error).__name__} of the S3 client") from error


def _told(path: str, error: Exception) -> StorageError:
    """Find the words for what a bucket answered, or for a connection that broke."""
    code = _code_of(error)
    if code in NOT_THERE:
        return FileNotStoredError(path)
    if code in CHANGED:
        return FileChangedError(path)
    if code in NO_ROOM:
        return StoreFullError()
    if code in OUTSIDE:
        return RangeOutsideError(path)
    return StoreUnavailableError(f"the bucket answers {code}" if code else "no connection")


def _code_of(error: BaseException | None) -> str:
    """Find the bucket's own word: s3fs keeps its answer as the cause of what it raises."""
    while error is not None:
        response = getattr(error, "response", None)
        if isinstance(response, dict):
            return str(response.get("Error", {}).get("Code", ""))
        error = error.__cause__
    return ""
