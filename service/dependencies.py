"""What routes are handed: the parts of the front, and the upload of the request."""

from dataclasses import dataclass
from typing import Annotated

import redis.asyncio
from fastapi import Depends, Request

from messaging.interactive import InteractiveLane
from service.artifacts import ArtifactDesk
from service.dataset_desk import DatasetDesk
from service.explaining import Explainer
from service.gate import Gate
from service.jobs import JobDesk
from service.known_models import KnownModels
from service.metrics import Metrics
from service.quotas import StorageQuotas
from service.settings import ServiceSettings
from service.uploads import Upload, read_upload


@dataclass(frozen=True)
class Parts:
    """Everything that a front process is made of."""

    settings: ServiceSettings
    connection: redis.asyncio.Redis
    models: KnownModels
    lane: InteractiveLane
    explainer: Explainer
    metrics: Metrics
    jobs: JobDesk
    artifacts: ArtifactDesk
    datasets: DatasetDesk
    gate: Gate
    quotas: StorageQuotas


async def parts_of(request: Request) -> Parts:
    """Give the parts that the application was made with."""
    # A coroutine, since FastAPI would have a thread call a function.
    parts: Parts = request.app.state.parts
    return parts


async def admitted(request: Request, parts: Annotated[Parts, Depends(parts_of)]) -> None:
    """Let the request through the gate, before anything of it is read; say who asks."""
    request.state.caller = await parts.gate.admit(request)


async def upload_of(request: Request, parts: Annotated[Parts, Depends(parts_of)]) -> Upload:
    """Read the images and options of a request."""
    return await read_upload(
        request,
        max_body_bytes=parts.settings.max_body_bytes,
        max_images=parts.settings.max_batch_images,
    )


PartsOf = Annotated[Parts, Depends(parts_of)]
UploadOf = Annotated[Upload, Depends(upload_of)]
