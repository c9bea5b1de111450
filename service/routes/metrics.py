"""`GET /metrics`: numbers for Prometheus."""

import contextlib

from fastapi import APIRouter
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from redis.exceptions import RedisError

from messaging.errors import BrokerUnavailableError
from service.cluster import look_at_cluster
from service.dependencies import Parts, PartsOf

router = APIRouter(tags=["operation"])


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def metrics(parts: PartsOf) -> Response:
    """Show the numbers of this front process, and what Redis knows of the workers."""
    parts.metrics.cluster.seen = await look_at_cluster(
        parts.metrics.cluster.seen,
        connection=parts.connection,
        models=parts.models,
        board=parts.jobs.board,
    )
    with contextlib.suppress(BrokerUnavailableError, RedisError, OSError):
        await refresh_gauges(parts)
    return Response(generate_latest(parts.metrics.registry), media_type=CONTENT_TYPE_LATEST)


async def refresh_gauges(parts: Parts) -> None:
    """Look up what is true at this moment; where Redis is away the last values stay."""
    hosting = await parts.models.hosting()
    parts.metrics.live_workers.set(len(hosting.workers))
    for model in hosting.models:
        parts.metrics.waiting_requests.labels(model).set(await parts.lane.waiting(model))
