"""A front process: settings, connections, then HTTP until SIGTERM or SIGINT."""

import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import structlog
import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError

from core.render.colormaps import colour_table, default_colormap
from messaging.connection import connect_async
from messaging.interactive import InteractiveLane
from messaging.json_log import configure_log
from service.app import create_app
from service.dependencies import Parts
from service.explaining import Explainer
from service.known_models import KnownModels
from service.metrics import Metrics
from service.settings import ServiceSettings

REPLY_SECONDS = 5.0
"""A Redis command unanswered for so long counts as a broken connection."""

KEEP_ALIVE_SECONDS = 75
"""An idle connection is kept for longer than proxies keep theirs (60 s is common): whoever
closes first must not be the one that the next request is already under way to."""

SHUTDOWN_SECONDS = 10
"""Requests under way at SIGTERM are given so long."""

log = structlog.get_logger()


def make_app(settings: ServiceSettings) -> FastAPI:
    """Make the application that these settings describe; nothing is opened before it starts."""
    metrics = Metrics()

    @asynccontextmanager
    async def open_parts() -> AsyncIterator[Parts]:
        connection = connect_async(settings.redis_url, reply_seconds=REPLY_SECONDS)
        models = KnownModels(connection, default_model=settings.default_model)
        lane = InteractiveLane(connection, max_waiting=settings.max_waiting_requests)
        with ThreadPoolExecutor(settings.picture_threads, "pictures") as pool:
            # The first use of a colour map loads matplotlib; no request should wait for that.
            pool.submit(colour_table, default_colormap("positive"))
            async with connection, lane:
                explainer = Explainer(
                    models=models,
                    lane=lane,
                    metrics=metrics,
                    pool=pool,
                    deadline_seconds=settings.deadline_seconds,
                    max_image_pixels=settings.max_image_pixels,
                )
                yield Parts(settings, connection, models, lane, explainer, metrics)

    return create_app(open_parts, metrics_of_front=metrics, root_path=settings.root_path)


def main() -> int:
    """Run a front until it is told to stop; the process' exit code."""
    configure_log()
    try:
        settings = ServiceSettings()
    except ValidationError as error:
        log.error("wrong settings", faults=[f"{e['loc']}: {e['msg']}" for e in error.errors()])
        return 2
    server = uvicorn.Server(
        uvicorn.Config(
            make_app(settings),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
        )
    )
    log.info("front starts", host=settings.host, port=settings.port)
    server.run()
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(main())
