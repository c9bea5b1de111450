"""How much an API key's owner has in the store, held against what the key may have there."""

from collections.abc import Sequence

from messaging.jobs.board import JobBoard
from messaging.jobs.record import JobRecord
from service.access_errors import StorageQuotaReachedError
from service.artifacts import ArtifactDesk
from service.caller import Caller
from service.dataset_desk import DatasetDesk

JOBS_AT_ONCE = 200
"""Records that are looked up together."""


class StorageQuotas:
    """Sums up uploads, artifacts and checkpoints of keys that may not have any number."""

    def __init__(
        self, board: JobBoard, *, datasets: DatasetDesk, artifacts: ArtifactDesk
    ) -> None:
        self._board = board
        self._datasets = datasets
        self._artifacts = artifacts

    async def check(self, caller: Caller) -> None:
        """Refuse something new of a caller who has all that it may have.

        What a job will write is not known before: the last one may go beyond the quota.

        Raises:
            StorageQuotaReachedError: it has.
        """
        most = caller.max_stored_bytes
        if most is not None and await self._stored(caller) >= most:
            raise StorageQuotaReachedError(most)

    async def check_upload(self, caller: Caller, dataset: str) -> None:
        """Delete an upload again with which a caller has more than it may have.

        Raises:
            StorageQuotaReachedError: it has.
        """
        most = caller.max_stored_bytes
        if most is not None and await self._stored(caller) > most:
            await self._datasets.delete(dataset, caller)
            raise StorageQuotaReachedError(most)

    async def _stored(self, caller: Caller) -> int:
        """Count the bytes of a caller's owner."""
        return await self._datasets.uploaded_bytes(caller) + await self._of_jobs(caller)

    async def _of_jobs(self, caller: Caller) -> int:
        """Count the bytes of all jobs of a caller's owner, a page of them at a time."""
        total, before = 0, None
        while ids := await self._board.ids_before(before, JOBS_AT_ONCE, owner=caller.owner):
            records = _found(await self._board.find_all(ids))
            total += await self._artifacts.stored_bytes(records)
            if len(ids) < JOBS_AT_ONCE or not records:
                break
            before = (records[-1].created_ms, records[-1].id)
        return total


def _found(records: Sequence[JobRecord | None]) -> list[JobRecord]:
    """Pass over those that have been deleted meanwhile."""
    return [record for record in records if record is not None]
