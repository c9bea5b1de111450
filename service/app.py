"""The application, put together from its parts."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI

from api_schemas.problems import Problem
from service.dependencies import Parts, admitted
from service.head_requests import HeadRequests
from service.job_requests import parameter_schemas
from service.key_document import declare_keys
from service.metrics import Metrics
from service.patient_bodies import PatientBodies
from service.problems import install_problems
from service.request_identity import RequestIdentity
from service.request_traces import RequestTraces
from service.root_path import RootPath
from service.routes import (
    atlases,
    datasets,
    explain,
    feature_maps,
    filters,
    health,
    jobs,
    kserve_v1,
    localize,
    methods,
    metrics,
    models,
    open_inference,
    page,
    predict,
    readers,
    replay,
)

OpenParts = Callable[[], AbstractAsyncContextManager[Parts]]
"""Opens the parts for as long as the application runs."""

DESCRIPTION = "Serves an image classifier and shows what it sees."


def create_app(
    open_parts: OpenParts,
    *,
    metrics_of_front: Metrics,
    root_path: str,
    client_patience_seconds: float,
) -> FastAPI:
    """Assemble the application.

    Args:
        open_parts: opened at the start, closed at the end.
        metrics_of_front: filled by the middleware and the routes.
        root_path: prefix under which a proxy serves the application.
        client_patience_seconds: a body is waited for so long, and longer if it is large.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_parts() as parts:
            app.state.parts = parts
            yield

    app = FastAPI(
        title="Vitrine",
        version="0.1.0",
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        # It would answer with an absolute link, to a host that only the proxy may know.
        redirect_slashes=False,
        # Before all else that a route depends on: who is refused has nothing read.
        dependencies=[Depends(admitted)],
    )
    install_problems(app)
    # Tried in this order: `/explain/feature-maps` has to come before `/explain/{method}`.
    looks = (predict, feature_maps, explain, localize, replay, filters, readers)
    protocols = (kserve_v1, open_inference)
    long = (datasets, jobs, atlases)
    app.state.routes = []
    for module in (*looks, models, methods, *long, *protocols, health, metrics, page):
        app.include_router(module.router)
        app.state.routes += module.router.routes
    page.mount_files(app)
    app.add_middleware(PatientBodies, patience_seconds=client_patience_seconds)
    app.add_middleware(RequestIdentity, metrics=metrics_of_front)
    app.add_middleware(RequestTraces)
    app.add_middleware(RootPath, root_path=root_path)
    app.add_middleware(HeadRequests)
    _complete_document(app)
    return app


def _complete_document(app: FastAPI) -> None:
    """Add problems, in place of FastAPI's own 422, and the parameters of jobs."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = generate()
            schemas = document["components"]["schemas"]
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas |= problem.pop("$defs", {}) | {"Problem": problem} | parameter_schemas()
            for name in ("HTTPValidationError", "ValidationError"):
                schemas.pop(name, None)
            _drop_own_422(document["paths"])
            declare_keys(document)
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way


def _drop_own_422(paths: dict[str, Any]) -> None:
    """Undeclare what FastAPI declares wherever a path has a parameter, and we never answer."""
    for operations in paths.values():
        for operation in operations.values():
            declared = operation["responses"]
            if "application/json" in declared.get("422", {}).get("content", {}):
                del declared["422"]
