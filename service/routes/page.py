"""The page at `/`, the interactive documentation at `/docs`, and the files that they need."""

from importlib.resources import as_file, files
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, HTMLResponse
from starlette.staticfiles import StaticFiles

router = APIRouter(include_in_schema=False)

DOCS_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""Swagger UI writes style attributes of its own."""


BUILT = ("web", "dist")
"""Where the page lies as Vite has built it."""

FRESH = {"Cache-Control": "no-cache"}
"""Browsers ask whether they have the newest page; what it loads is named by its content."""


def folder_of(package: str, inside: str = "") -> Path:
    """Find a folder of files that an installed package brings."""
    with as_file(files(package) / inside) as folder:
        return Path(folder)


@router.get("/", response_class=HTMLResponse)
async def page() -> FileResponse:
    """Show the page."""
    return FileResponse(folder_of(*BUILT) / "index.html", headers=FRESH)


@router.get("/docs", response_class=HTMLResponse)
async def docs() -> FileResponse:
    """Show the interactive documentation; every file of it comes from this service."""
    return FileResponse(
        folder_of(*BUILT) / "docs.html", headers={"Content-Security-Policy": DOCS_POLICY}
    )


def mount_files(app: FastAPI) -> None:
    """Serve the files that the page and the documentation load."""
    app.mount("/web", StaticFiles(directory=folder_of(*BUILT) / "web"), name="web")
    app.mount(
        "/swagger",
        StaticFiles(directory=folder_of("fastapi_offline", "static")),
        name="swagger",
    )
