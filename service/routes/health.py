"""`GET /healthz/*`: whether the process lives, and whether it can answer."""

from http import HTTPStatus

from fastapi import APIRouter, Response

from api_schemas.health import Health
from messaging.errors import BrokerUnavailableError
from service.dependencies import PartsOf

router = APIRouter(prefix="/healthz", tags=["operation"])

OK = "ok"


@router.get("/live")
async def live() -> Health:
    """Say that the process answers."""
    return Health(status="ok", checks={"process": OK})


@router.get("/ready", responses={503: {"model": Health}})
async def ready(response: Response, parts: PartsOf) -> Health:
    """Say whether Redis answers and a live worker hosts the default model."""
    model = parts.models.default_model
    try:
        hosting = await parts.models.hosting()
        is_hosted = hosting.is_hosted(model)
        checks = {"redis": OK, "worker": OK if is_hosted else f"no live worker hosts {model}"}
    except BrokerUnavailableError:
        checks = {"redis": "does not answer", "worker": "unknown while redis is away"}
    if set(checks.values()) == {OK}:
        return Health(status="ok", checks=checks)
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response.headers["Retry-After"] = "2"
    return Health(status="unavailable", checks=checks)
