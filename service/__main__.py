"""A front process: settings, connections, then HTTP until SIGTERM or SIGINT."""

import gc
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial

if __name__ == "__main__":
    # What imports make is kept for good: looking for garbage meanwhile is a tenth of the start.
    gc.disable()

import redis.asyncio
import structlog
import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError

from core.render.colormaps import colour_table, default_colormap
from core.render.freed_memory import keep_freed_memory
from messaging.connection import connect_async
from messaging.interactive import InteractiveLane
from messaging.jobs.board import JobBoard
from messaging.jobs.dispatch import Dispatch, bull_connection
from messaging.json_log import configure_log
from messaging.result_cache import ResultCache
from messaging.tracing.switch import tracing
from service.app import create_app
from service.artifacts import ArtifactDesk
from service.atlas_job_checks import AtlasJobChecks
from service.dataset_desk import dataset_desk
from service.dependencies import Parts
from service.explaining import Explainer
from service.gate import open_gate
from service.jobs import JobDesk
from service.known_models import KnownModels
from service.metrics import Metrics
from service.patient_connection import connections_with
from service.quotas import StorageQuotas
from service.remembering import Remembering
from service.settings import ServiceSettings
from storage.store import open_store

REPLY_SECONDS = 5.0
"""A Redis command unanswered for so long counts as a broken connection."""

KEEP_ALIVE_SECONDS = 75
"""An idle connection is kept for longer than proxies keep theirs (60 s is common): whoever
closes first must not be the one that the next request is already under way to."""

SHUTDOWN_SECONDS = 10
"""Requests under way at SIGTERM are given so long."""

MEBIBYTE = 1024 * 1024

log = structlog.get_logger()


def make_app(
    settings: ServiceSettings, *, is_ending: Callable[[], bool] = lambda: False
) -> FastAPI:
    """Make the application that these settings describe; nothing is opened before it starts.

    Args:
        settings: of the front.
        is_ending: asked by answers that would go on for as long as a job does.
    """
    metrics = Metrics()
    return create_app(
        partial(_open_parts, settings, metrics, is_ending),
        metrics_of_front=metrics,
        root_path=settings.root_path,
        client_patience_seconds=settings.client_patience_seconds,
    )


@asynccontextmanager
async def _open_parts(
    settings: ServiceSettings, metrics: Metrics, is_ending: Callable[[], bool]
) -> AsyncIterator[Parts]:
    """Open all that requests are answered with, and close it at the end."""
    connection = connect_async(settings.redis_url, reply_seconds=REPLY_SECONDS)
    jobs_url = settings.jobs_redis_url or settings.redis_url
    keeping = connect_async(jobs_url, reply_seconds=REPLY_SECONDS)
    handing_out = bull_connection(jobs_url)
    models = KnownModels(connection, default_model=settings.default_model)
    lane = InteractiveLane(connection, max_waiting=settings.max_waiting_requests)
    board = _board(settings, keeping, Dispatch(handing_out), is_ending=is_ending)
    with (
        tracing("front"),
        ThreadPoolExecutor(settings.picture_threads, "pictures") as pool,
        ThreadPoolExecutor(settings.store_threads, "store") as store_pool,
        dataset_desk(settings, store_pool) as datasets,
    ):
        # The first use of a colour map loads matplotlib; no request should wait for that.
        pool.submit(colour_table, default_colormap("positive"))
        artifacts = ArtifactDesk(open_store(settings.store), store_pool)
        checks = AtlasJobChecks(datasets, artifacts)
        quotas = StorageQuotas(board, datasets=datasets, artifacts=artifacts)
        cache = _cache(settings, connection)
        remembering = Remembering(cache, models=models, metrics=metrics)
        async with (
            connection,
            keeping,
            handing_out,
            lane,
            remembering,
            open_gate(settings.authentication, keeping, connection) as gate,
        ):
            yield Parts(
                settings=settings,
                connection=connection,
                models=models,
                lane=lane,
                explainer=Explainer(
                    models=models,
                    lane=lane,
                    remembering=remembering,
                    metrics=metrics,
                    pool=pool,
                    deadline_seconds=settings.deadline_seconds,
                    max_image_pixels=settings.max_image_pixels,
                ),
                metrics=metrics,
                jobs=JobDesk(board, models, checks=checks, datasets=datasets, quotas=quotas),
                artifacts=artifacts,
                datasets=datasets,
                gate=gate,
                quotas=quotas,
            )


def _cache(settings: ServiceSettings, connection: redis.asyncio.Redis) -> ResultCache | None:
    """Make the cache of results, if it is to have any room."""
    if not settings.cache_mebibytes:
        return None
    return ResultCache(connection, max_bytes=settings.cache_mebibytes * MEBIBYTE)


def _board(
    settings: ServiceSettings,
    keeping: redis.asyncio.Redis,
    dispatch: Dispatch,
    *,
    is_ending: Callable[[], bool],
) -> JobBoard:
    """Make the front's side of the job lane."""
    return JobBoard(
        keeping,
        dispatch,
        most_open=settings.max_open_jobs,
        retention_hours=settings.job_retention_hours,
        is_ending=is_ending,
    )


def main() -> int:
    """Run a front until it is told to stop; the process' exit code."""
    configure_log()
    try:
        settings = ServiceSettings()
    except ValidationError as error:
        log.error("wrong settings", faults=[f"{e['loc']}: {e['msg']}" for e in error.errors()])
        return 2
    keep_freed_memory()
    server = uvicorn.Server(
        uvicorn.Config(
            make_app(settings, is_ending=lambda: server.should_exit),
            http=connections_with(settings.client_patience_seconds),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
        )
    )
    gc.freeze()
    gc.enable()
    log.info("front starts", host=settings.host, port=settings.port)
    server.run()
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(main())
