"""Tags of files in folders: the SHA-256 of the content, computed once for each content.

Files of a store are never changed in place: other content comes as another file under the same
name. So a file that has kept its inode, time and size has kept its content, and its tag is
remembered by these; nothing has to be kept beside the file that could disagree with it.
"""

import hashlib
import os
import time
from collections import OrderedDict
from io import BufferedReader
from threading import Lock

REMEMBERED_FILES = 65_536
"""About 20 MB of tags; what is forgotten is computed again."""

SETTLED_NS = 2_000_000_000
"""A younger file is not remembered: clocks of file systems are coarse, and its successor could
get the same inode within one tick."""

_remembered: OrderedDict[tuple[int, int, int, int], str] = OrderedDict()
_lock = Lock()


def tag_of(file: BufferedReader) -> str:
    """Give the tag of an open file's content, as 64 hexadecimal digits."""
    facts = os.fstat(file.fileno())
    identity = (facts.st_dev, facts.st_ino, facts.st_mtime_ns, facts.st_size)
    with _lock:
        known = _remembered.get(identity)
        if known is not None:
            _remembered.move_to_end(identity)
            return known
    file.seek(0)
    tag = hashlib.file_digest(file, "sha256").hexdigest()
    if abs(time.time_ns() - facts.st_mtime_ns) > SETTLED_NS:
        with _lock:
            _remembered[identity] = tag
            if len(_remembered) > REMEMBERED_FILES:
                _remembered.popitem(last=False)
    return tag
