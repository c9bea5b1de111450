"""The front's application without Redis or worker, for tests of what HTTP gets to see."""

from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import httpx
import numpy as np
from PIL import Image

from api_schemas.explanations import ExplanationOrder
from api_schemas.models import LayerSummary, ModelRecord
from messaging.errors import BrokerUnavailableError
from messaging.jobs.board import JobBoard
from messaging.registry import Hosting
from messaging.result_cache import ResultCache
from messaging.wire import Reply, Timings
from service.app import create_app
from service.artifacts import ArtifactDesk
from service.atlas_job_checks import AtlasJobChecks
from service.dataset_desk import dataset_desk
from service.dependencies import Parts
from service.explaining import Explainer
from service.gate import Gate, OpenGate
from service.jobs import JobDesk
from service.known_models import KnownModels
from service.metrics import Metrics
from service.quotas import StorageQuotas
from service.remembering import Remembering
from service.settings import ServiceSettings
from storage.store import open_store

LAYER = "last_maps"
SIDE = 8


def record(name: str = "tiny", classes: tuple[str, ...] = ("cat", "dog")) -> ModelRecord:
    """Describe a model with one layer of maps and one of numbers."""
    return ModelRecord(
        name=name,
        title="A model",
        description="",
        license="",
        sha256="ab" * 32,
        input_width=SIDE,
        input_height=SIDE,
        input_channels=3,
        classes=list(classes),
        activation="softmax",
        parameters=10,
        default_layer=LAYER,
        layers=[
            LayerSummary(
                name=LAYER,
                type="Conv2D",
                output_shape=[2, 2, 4],
                parameters=8,
                explainable=True,
            ),
            LayerSummary(
                name="scores", type="Dense", output_shape=[2], parameters=2, explainable=False
            ),
        ],
        unsupported={},
    )


def png(
    width: int = SIDE, height: int = SIDE, colour: tuple[int, ...] = (200, 30, 90)
) -> bytes:
    """Make a picture of one colour."""
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()


class FixedModels(KnownModels):
    """Knows its models without asking Redis."""

    def __init__(
        self, *records: ModelRecord, hosted: bool = True, is_away: bool = False
    ) -> None:
        super().__init__(None, default_model="tiny")
        self.records = {one.name: one for one in records or (record(),)}
        self.hosted = hosted
        self.is_away = is_away

    async def hosting(self) -> Hosting:
        if self.is_away:
            raise BrokerUnavailableError
        workers = {"worker": tuple(self.records)} if self.hosted else {}
        return Hosting(models=self.records, workers=workers)


class FakeLane:
    """Answers like a worker whose map is a slope and whose top class is the red one."""

    max_waiting = 256

    def __init__(self, answer: Callable[[ExplanationOrder], Reply] | Exception | None = None):
        self.answer = answer
        self.orders: list[ExplanationOrder] = []
        self.pixels: list[np.ndarray] = []

    async def ask(
        self, order: ExplanationOrder, pixels: np.ndarray, *, patience_seconds: float
    ) -> Reply:
        self.orders.append(order)
        self.pixels.append(pixels)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer(order) if self.answer else reply(order)

    async def waiting(self, model: str) -> int:
        return 3


class NoRedis:
    """Stands where a front asks Redis for nothing but its metrics."""

    async def mget(self, names: list[str]) -> list[None]:
        return [None] * len(names)

    async def info(self, section: str) -> dict[str, int]:
        return {"used_memory": 1000, "maxmemory": 2000}


class NoBoard:
    """Stands where jobs are not asked for."""

    async def count_all(self, models: list[str]) -> None:
        raise BrokerUnavailableError


def reply(order: ExplanationOrder, **changes: object) -> Reply:
    """Answer an order with fixed scores and a map that falls from the upper left."""
    fields = {
        "logits": np.array([1.0, -1.0], np.float32),
        "probabilities": np.array([0.75, 0.25], np.float32),
        "target": max(order.target, 0),
        "map": None if order.method is None else np.array([[4, 1], [1, -2]], np.float32),
        "timings": Timings(queue=1.0, batch=2.0, compute=3.0, batch_images=1),
    }
    return Reply("id", "done", **(fields | changes))


@asynccontextmanager
async def client_of(
    lane: FakeLane | None = None,
    models: KnownModels | None = None,
    *,
    board: JobBoard | None = None,
    cache: ResultCache | None = None,
    store: Path = Path("/nonexistent"),
    gate: Gate | None = None,
    **settings: object,
) -> AsyncIterator[httpx.AsyncClient]:
    """Run an application around a lane, models and, where jobs are asked for, a board."""
    lane, models = lane or FakeLane(), models or FixedModels()
    chosen = ServiceSettings(
        redis_url="redis://nowhere", default_model="tiny", store=str(store), **settings
    )
    board = board or NoBoard()
    metrics = Metrics()
    remembering = Remembering(cache, models=models, metrics=metrics)

    @asynccontextmanager
    async def open_parts() -> AsyncIterator[Parts]:
        with ThreadPoolExecutor(1) as pool, dataset_desk(chosen, pool) as datasets:
            explainer = Explainer(
                models=models,
                lane=lane,
                remembering=remembering,
                metrics=metrics,
                pool=pool,
                deadline_seconds=chosen.deadline_seconds,
                max_image_pixels=chosen.max_image_pixels,
            )
            artifacts = ArtifactDesk(open_store(str(store)), pool)
            quotas = StorageQuotas(board, datasets=datasets, artifacts=artifacts)
            yield Parts(
                settings=chosen,
                connection=NoRedis(),
                models=models,
                lane=lane,
                explainer=explainer,
                metrics=metrics,
                jobs=JobDesk(
                    board,
                    models,
                    checks=AtlasJobChecks(datasets, artifacts),
                    datasets=datasets,
                    quotas=quotas,
                ),
                artifacts=artifacts,
                datasets=datasets,
                gate=gate or OpenGate(),
                quotas=quotas,
            )

    app = create_app(
        open_parts,
        metrics_of_front=metrics,
        root_path=chosen.root_path,
        client_patience_seconds=chosen.client_patience_seconds,
    )
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        remembering,
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://front") as client,
    ):
        yield client
