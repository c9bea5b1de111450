"""Archives that others sent: each file in them, in order, or a refusal of the whole.

The bytes are hostile until proven otherwise. Nothing here writes anywhere: whoever takes the
members keeps them, and throws them away again when a refusal comes behind them. Memory is
bounded by the number of members allowed, not by what an archive says or holds.
"""

import os
from collections.abc import Iterator
from typing import BinaryIO

from storage.archive_rules import ArchiveLimits, ArchiveRules
from storage.errors import ArchiveUndecodableError
from storage.member import Member
from storage.tar_archive import is_tar, tar_members
from storage.unzipped_stream import UnzippedStream, is_gzip
from storage.zip_archive import is_zip, zip_members

HEAD_BYTES = 512
"""What tells the kind of an archive stands in these."""


def members_of(file: BinaryIO, limits: ArchiveLimits) -> Iterator[Member]:
    """Go through the files of a zip, tar or tar.gz archive.

    Folders, hidden files and what systems leave behind (`__MACOSX`, `Thumbs.db`) are left out.
    Archives inside the archive are files like others: nothing is unpacked twice.

    Args:
        file: the archive, open for reading, and able to seek.
        limits: what is too much.

    Raises:
        ArchiveUnsafeError: something in it leads out of where it is unpacked, is no file, or is
            more than allowed. Of a zip before its first member, of a tar wherever it is met.
        ArchiveUndecodableError: it is of no kind that is read, damaged or cut off.
    """
    archive_bytes = file.seek(0, os.SEEK_END)
    rules = ArchiveRules(limits, archive_bytes=archive_bytes)
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if is_zip(head):
        return zip_members(file, rules)
    if is_gzip(head):
        return tar_members(UnzippedStream(file, rules), rules)
    if is_tar(head):
        rules.count_bytes(archive_bytes)
        return tar_members(file, rules)
    raise ArchiveUndecodableError("it is neither a zip, a tar nor a tar.gz file")
