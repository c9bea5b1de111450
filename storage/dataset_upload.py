"""From an archive that somebody sent to images in the store; what is no image stays out."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO

from storage.archive import members_of
from storage.archive_rules import ArchiveLimits
from storage.member import Member
from storage.skipped_files import SkippedFiles
from storage.store import Store

FaultOf = Callable[[bytes], str | None]
"""Says what is wrong with the bytes of an image, or nothing. Called in several threads."""

THREADS = 2
"""That decode and store. One more reads the archive."""
WAITING_IMAGES = 4
"""Images held in memory at once, each of up to `max_image_bytes`."""


@dataclass(frozen=True)
class UploadLimits:
    """What is too much for an upload."""

    archive: ArchiveLimits
    max_image_bytes: int
    """Larger files are left out."""


def keep_images(
    archive: BinaryIO, store: Store, prefix: str, *, limits: UploadLimits, fault_of: FaultOf
) -> SkippedFiles:
    """Put the images of an archive into the store, under a prefix and their own paths.

    Args:
        archive: a zip, tar or tar.gz, able to seek.
        store: that takes the images.
        prefix: before each path.
        limits: what is too much.
        fault_of: judges each file.

    Returns:
        What was left out.

    Raises:
        ArchiveError: the archive is refused; the caller deletes what is under the prefix.
        StorageError: what the store raises.
    """
    skipped = SkippedFiles()
    waiting: deque[tuple[str, Future[str | None]]] = deque()

    def settle() -> None:
        path, kept = waiting.popleft()
        fault = kept.result()
        if fault is not None:
            skipped.add(path, fault)

    def keep(path: str, content: bytes) -> str | None:
        fault = fault_of(content)
        if fault is None:
            store.write(f"{prefix}/{path}", content)
        return fault

    with ThreadPoolExecutor(THREADS, "dataset") as pool:
        for member in members_of(archive, limits.archive):
            if _is_too_large(member, limits, skipped):
                continue
            if len(waiting) == WAITING_IMAGES:
                settle()
            content = b"".join(member.chunks)
            waiting.append((member.path, pool.submit(keep, member.path, content)))
        while waiting:
            settle()
    return skipped


def _is_too_large(member: Member, limits: UploadLimits, skipped: SkippedFiles) -> bool:
    """Whether a file is larger than any image taken, and noted as left out."""
    if member.size <= limits.max_image_bytes:
        return False
    skipped.add(member.path, f"it has more than {limits.max_image_bytes} bytes")
    return True
