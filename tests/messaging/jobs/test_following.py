"""Following a job through a client that swallows cancellations, as redis-py does at times."""

import asyncio
import time
from types import SimpleNamespace

from messaging.jobs.following import follow_job

MOST = 100
"""Reads, after which a follower that keeps no time is stopped."""


class DeafConnection:
    """Never has anything to tell, and goes on whatever happens to its caller."""

    def __init__(self) -> None:
        self.asked_ms: list[int] = []

    async def xread(self, streams: dict[str, str], *, block: int) -> list[object]:
        self.asked_ms.append(block)
        try:
            await asyncio.sleep(block / 1000)
        except asyncio.CancelledError:
            await asyncio.sleep(0)
        return []


async def running(job: str) -> SimpleNamespace:
    return SimpleNamespace(has_ended=False)


async def test_following_ends_in_time_though_nothing_can_be_cancelled():
    connection = DeafConnection()

    async with asyncio.timeout(60):
        events = [
            event
            async for event in follow_job(
                connection,
                "job",
                after="0-0",
                find=running,
                is_ending=lambda: len(connection.asked_ms) > MOST,
                until=time.monotonic() + 0.2,
            )
        ]

    assert events == []
    assert 0 < len(connection.asked_ms) < MOST
    assert max(connection.asked_ms) <= 200
