"""Where datasets may be registered: folders and prefixes that the service was told of."""

import os
from collections.abc import Sequence
from pathlib import Path

from storage.errors import DatasetPathError
from storage.paths import UNWANTED
from storage.store import FOLDER_SCHEME, S3_SCHEME


class DatasetRoots:
    """Holds paths against the roots. Links are followed before a folder is judged."""

    def __init__(self, roots: Sequence[str], *, store_url: str | None = None) -> None:
        """Take the roots.

        Args:
            roots: folders and prefixes.
            store_url: of the store. What is in it belongs to whoever sent it, and is no path
                for others, whatever root it may lie under.
        """
        self._roots = [_plain(root) for root in roots]
        self._store = None if store_url is None else _real(_plain(store_url))

    def candidates(self, path: str) -> list[str]:
        """Give what a path may mean, as URLs of stores: one under each root for a relative one.

        Raises:
            DatasetPathError: it is under no root, or the store is at stake.
        """
        if UNWANTED.search(path) or ".." in path.split("/"):
            raise DatasetPathError(path)
        wanted = _plain(path)
        found = [
            place
            for root in self._roots
            if (place := _under(root, wanted)) and not self._overlaps_store(place)
        ]
        if not found:
            raise DatasetPathError(path)
        return found

    def _overlaps_store(self, place: str) -> bool:
        """Whether a place has something of the store in it, or is in the store."""
        if self._store is None:
            return False
        inner, outer = sorted((f"{self._store}/", f"{place}/"), key=len, reverse=True)
        return inner.startswith(outer)


def _under(root: str, path: str) -> str | None:
    """Give the place of a path under a root, or none if it is elsewhere."""
    if root.startswith(S3_SCHEME):
        if path.startswith("/"):
            return None
        place = path if path.startswith(S3_SCHEME) else f"{root}/{path}"
    else:
        if "://" in path:
            return None
        root = os.path.realpath(root)
        place = os.path.realpath(Path(root, path))
    is_inside = place == root or place.startswith(f"{root.rstrip('/')}/")
    return place if is_inside else None


def _real(place: str) -> str:
    """Follow the links of a folder."""
    return place if place.startswith(S3_SCHEME) else os.path.realpath(place)


def _plain(url: str) -> str:
    """Write a place in one way: folders as paths, no slash at the end."""
    path = url.removeprefix(FOLDER_SCHEME)
    return path.rstrip("/") or path[:1]
