"""Whether a proxy strips its prefix or passes it on, the application sees the whole path."""

from starlette.types import ASGIApp, Receive, Scope, Send


class RootPath:
    """ASGI middleware that tells the application its prefix, and puts it back into the path.

    The ASGI specification wants it in both; without it the files of the page are not found and
    refusals name an address that nobody asked for.
    """

    def __init__(self, app: ASGIApp, *, root_path: str) -> None:
        self._app = app
        self._root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; other than HTTP goes through untouched."""
        if scope["type"] == "http" and self._root_path:
            scope = {**scope, "root_path": self._root_path}
            if not f"{scope['path']}/".startswith(f"{self._root_path}/"):
                scope["path"] = self._root_path + scope["path"]
        await self._app(scope, receive, send)
