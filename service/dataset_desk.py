"""What the front does with datasets, in threads: stores block, and archives take minutes."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

from api_schemas.datasets import (
    DatasetDetails,
    DatasetList,
    DatasetRegistration,
    DatasetSummary,
)
from core.errors import ImageError
from core.images.decode import decode_image
from service.caller import Caller
from service.dataset_uploads import SentArchive
from service.settings import ServiceSettings
from storage.archive_rules import ArchiveLimits
from storage.dataset_upload import UploadLimits
from storage.datasets import Datasets
from storage.errors import StoreUnavailableError
from storage.store import open_store

Result = TypeVar("Result")


class DatasetDesk:
    """Takes, lists and deletes datasets."""

    def __init__(
        self,
        datasets: Datasets,
        *,
        pool: ThreadPoolExecutor,
        upload_pool: ThreadPoolExecutor,
        limits: UploadLimits,
        max_image_pixels: int,
    ) -> None:
        """Put the desk together.

        Args:
            datasets: of the store.
            pool: threads that wait for the store.
            upload_pool: threads for what may take minutes.
            limits: what is too much for an upload.
            max_image_pixels: of an image; larger ones are left out.
        """
        self._datasets = datasets
        self._pool = pool
        self._upload_pool = upload_pool
        self._limits = limits
        self._max_image_pixels = max_image_pixels
        self._is_ending = Event()

    async def list(self, caller: Caller) -> DatasetList:
        """List all datasets that a caller sees."""
        found = await _in(self._pool, lambda: self._datasets.list(sees=caller.sees))
        shown = DatasetSummary.model_fields
        return DatasetList(
            datasets=[DatasetSummary(**one.model_dump(include=set(shown))) for one in found]
        )

    async def show(self, dataset: str, caller: Caller) -> DatasetDetails:
        """Describe a dataset.

        Raises:
            DatasetNotFoundError: there is none of that ID that the caller sees.
        """
        return await _in(self._pool, lambda: self._datasets.find(dataset, sees=caller.sees))

    async def delete(self, dataset: str, caller: Caller) -> None:
        """Delete a dataset.

        Raises:
            DatasetNotFoundError: there is none of that ID that the caller sees.
        """
        await _in(self._pool, lambda: self._datasets.delete(dataset, sees=caller.sees))

    async def uploaded_bytes(self, caller: Caller) -> int:
        """Sum up the images that a caller's owner has sent; registered ones are elsewhere."""
        found = await _in(
            self._pool,
            lambda: self._datasets.list(sees=lambda owner: owner == caller.owner),
        )
        return sum(one.bytes for one in found if one.source == "upload")

    async def upload(self, sent: SentArchive, caller: Caller) -> DatasetDetails:
        """Make a dataset of an archive; its images are decoded once, to see that they can be.

        Raises:
            ArchiveError: the archive is refused.
            DatasetEmptyError: there is no image in it.
        """
        return await _in(
            self._upload_pool,
            lambda: self._datasets.upload(
                sent.file,
                name=sent.name,
                limits=self._limits,
                fault_of=self._fault_of,
                owner=caller.owner,
            ),
        )

    async def register(
        self, registration: DatasetRegistration, caller: Caller
    ) -> DatasetDetails:
        """Make a dataset of images that stay where they are.

        Raises:
            DatasetPathError: they are under no root.
            DatasetEmptyError: there are none.
        """
        return await _in(
            self._upload_pool,
            lambda: self._datasets.register(
                registration.path,
                name=registration.name,
                max_image_bytes=self._limits.max_image_bytes,
                owner=caller.owner,
            ),
        )

    def stop(self) -> None:
        """Have uploads under way give up, so that the process can end."""
        self._is_ending.set()

    def _fault_of(self, content: bytes) -> str | None:
        """Say what is wrong with an image file, or nothing."""
        if self._is_ending.is_set():
            raise StoreUnavailableError("the service is being ended")
        try:
            decode_image(content, max_pixels=self._max_image_pixels)
        except ImageError as fault:
            return str(fault)
        return None


@contextmanager
def dataset_desk(
    settings: ServiceSettings, store_pool: ThreadPoolExecutor
) -> Iterator[DatasetDesk]:
    """Take datasets as long as the block runs; uploads under way at its end are given up."""
    roots = [root.strip() for root in settings.dataset_roots.split(",") if root.strip()]
    with ThreadPoolExecutor(settings.dataset_threads, "datasets") as upload_pool:
        desk = DatasetDesk(
            Datasets(open_store(settings.store), roots=roots, store_url=settings.store),
            pool=store_pool,
            upload_pool=upload_pool,
            limits=UploadLimits(
                archive=ArchiveLimits(
                    max_members=settings.max_dataset_files,
                    max_bytes=settings.max_dataset_bytes,
                ),
                max_image_bytes=settings.max_body_bytes,
            ),
            max_image_pixels=settings.max_image_pixels,
        )
        try:
            yield desk
        finally:
            desk.stop()


async def _in(pool: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
    return await asyncio.get_running_loop().run_in_executor(pool, work)
