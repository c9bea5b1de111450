"""A real S3 server process for tests: moto's, on a free port of this machine.

with s3_server() as server, server.environment():
    open_store(server.new_bucket() + "/prefix")
"""

import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from s3fs import S3FileSystem

from tests.processes import answers, free_port, running, wait_until

START_SECONDS = 60.0


@dataclass(frozen=True)
class S3Server:
    """A server that keeps its buckets in memory."""

    endpoint: str

    @property
    def variables(self) -> dict[str, str]:
        """The environment of a process that is to use the server."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
        }

    @contextmanager
    def environment(self) -> Iterator[None]:
        """Have stores that this process opens, and processes that it starts, use the server."""
        before = dict(os.environ)
        os.environ.update(self.variables)
        # Clients are kept for all stores of a process, with the environment of the first.
        S3FileSystem.clear_instance_cache()
        try:
            yield
        finally:
            S3FileSystem.clear_instance_cache()
            os.environ.clear()
            os.environ.update(before)

    def new_bucket(self) -> str:
        """Make an empty bucket; its URL."""
        name = f"bucket-{uuid.uuid4().hex}"
        httpx.put(f"{self.endpoint}/{name}").raise_for_status()
        return f"s3://{name}"


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """Run a server until the block ends."""
    port = free_port()
    endpoint = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with running(command):
        wait_until(
            lambda: answers(f"{endpoint}/moto-api/"), "S3 answers", seconds=START_SECONDS
        )
        yield S3Server(endpoint)
