"""Waiting until a service that was started answers."""

import time

import httpx


def wait_until_answers(url: str, *, limit_seconds: float, look_seconds: float = 0.3) -> None:
    """Ask again and again until the answer is a good one.

    Args:
        url: to ask.
        limit_seconds: how long to go on.
        look_seconds: between two looks; each costs the service a little.

    Raises:
        httpx.HTTPError: it does not come to that.
    """
    until = time.monotonic() + limit_seconds
    while True:
        try:
            httpx.get(url).raise_for_status()
            return
        except httpx.HTTPError:
            if time.monotonic() > until:
                raise
            time.sleep(look_seconds)
