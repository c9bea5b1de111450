"""A store under a prefix of an S3 bucket, through s3fs: a put is all or nothing by itself."""

import importlib.util
from collections.abc import Iterator
from typing import Any

import fsspec
import fsspec.asyn

from storage.errors import FileNotStoredError, StoreUnavailableError, StoreUrlError
from storage.object_faults import RangeOutsideError, faults_told
from storage.paths import checked_path
from storage.stored_file import StoredFile, TaggedFile

CONNECT_SECONDS = 3
READ_SECONDS = 30
"""A store silent for so long does not answer."""
ATTEMPTS = 2
"""Of each request by botocore; s3fs makes five of these, with pauses between them."""

PAGE_OBJECTS = 1000
"""The most that S3 lists, or deletes, in one request."""


class ObjectStore:
    """Objects of a bucket whose keys begin with a prefix."""

    def __init__(self, place: str) -> None:
        """Make the client; it connects when it is first used.

        Args:
            place: `bucket` or `bucket/prefix`.

        Raises:
            StoreUrlError: no bucket is named, or s3fs is not installed.
        """
        self._bucket, _, prefix = place.partition("/")
        prefix = prefix.strip("/")
        self._prefix = f"{prefix}/" if prefix else ""
        if not self._bucket:
            raise StoreUrlError(f"s3://{place}", "it names no bucket")
        if importlib.util.find_spec("s3fs") is None:
            raise StoreUrlError(f"s3://{place}", "install vitrine[s3] to use it")
        self._s3 = fsspec.filesystem(
            "s3",
            # Other processes write, too: nothing that was listed may be believed later.
            use_listings_cache=False,
            config_kwargs={
                "connect_timeout": CONNECT_SECONDS,
                "read_timeout": READ_SECONDS,
                "retries": {"total_max_attempts": ATTEMPTS},
            },
        )

    def write(self, path: str, content: bytes) -> None:
        """Write an object; above 100 MB in parts, which become one at the end."""
        key = self._key(path)
        with faults_told(path):
            self._s3.pipe_file(f"{self._bucket}/{key}", content)

    def read(self, path: str) -> bytes:
        """Read a whole object."""
        return self._fetch(path)

    def read_range(self, path: str, start: int, stop: int, *, etag: str) -> bytes:
        """Read some bytes of the object that has that tag."""
        if stop <= start:
            return b""
        wanted = {"Range": f"bytes={start}-{stop - 1}", "IfMatch": f'"{etag}"'}
        try:
            return self._fetch(path, **wanted)
        except RangeOutsideError:
            return b""

    def has(self, path: str) -> bool:
        """Say whether there is such an object."""
        try:
            self.tagged(path)
        except FileNotStoredError:
            return False
        return True

    def tagged(self, path: str) -> TaggedFile:
        """Tell an object's size, and the tag that the bucket has for it."""
        with faults_told(path):
            facts = self._s3.call_s3("head_object", Bucket=self._bucket, Key=self._key(path))
        return TaggedFile(path, facts["ContentLength"], facts["ETag"].strip('"'))

    def files(self, prefix: str) -> Iterator[StoredFile]:
        """Go through the objects below a prefix, a page at a time."""
        yield from self.tagged_files(prefix)

    def tagged_files(self, prefix: str) -> Iterator[TaggedFile]:
        """Go through the same objects: a listing has their tags."""
        for page in self._pages(prefix):
            for listed in page:
                path = listed["Key"].removeprefix(self._prefix)
                # A key that ends in a slash is how some programs note a folder.
                if not path.endswith("/") and "/." not in f"/{path}":
                    yield TaggedFile(path, listed["Size"], listed["ETag"].strip('"'))

    def delete(self, path: str) -> None:
        """Delete an object."""
        with faults_told(path):
            self._s3.call_s3("delete_object", Bucket=self._bucket, Key=self._key(path))

    def delete_all(self, prefix: str) -> None:
        """Delete all objects below a prefix, a page of them in a request."""
        checked_path(prefix)
        for page in self._pages(prefix):
            keys = [{"Key": listed["Key"]} for listed in page]
            with faults_told(prefix):
                told = self._s3.call_s3(
                    "delete_objects",
                    Bucket=self._bucket,
                    Delete={"Objects": keys, "Quiet": True},
                )
            if told.get("Errors"):
                raise StoreUnavailableError(f"it will not delete: {told['Errors'][0]['Code']}")

    def _key(self, path: str) -> str:
        """Give the key of a path."""
        return self._prefix + checked_path(path)

    def _fetch(self, path: str, **wanted: str) -> bytes:
        """Get an object, or what is wanted of it."""
        key = self._key(path)

        async def get() -> bytes:
            answer = await self._s3._call_s3(
                "get_object", Bucket=self._bucket, Key=key, **wanted
            )
            async with answer["Body"] as body:
                content: bytes = await body.read()
            return content

        with faults_told(path):
            content: bytes = fsspec.asyn.sync(self._s3.loop, get)
        return content

    def _pages(self, prefix: str) -> Iterator[list[dict[str, Any]]]:
        """List what is below a prefix, page by page, ordered by key."""
        begins = f"{self._prefix}{checked_path(prefix)}/" if prefix else self._prefix
        after = begins
        while True:
            with faults_told(prefix):
                told = self._s3.call_s3(
                    "list_objects_v2",
                    Bucket=self._bucket,
                    Prefix=begins,
                    StartAfter=after,
                    MaxKeys=PAGE_OBJECTS,
                )
            page = told.get("Contents", [])
            if page:
                yield page
                after = page[-1]["Key"]
            if not told.get("IsTruncated"):
                return
