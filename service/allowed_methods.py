"""Which methods an address takes: of all its routes together, each of which knows its own."""

from fastapi import Request
from starlette.routing import Match

READING = frozenset({"GET", "HEAD"})
"""What files take; every GET is answered to HEAD, too."""


def allowed_methods(request: Request) -> str:
    """Write the `Allow` header of a refused method (RFC 9110, section 10.2.1)."""
    methods: set[str] = set()
    for route in request.app.state.routes:
        match, _ = route.matches(request.scope)
        if match is not Match.NONE:
            methods |= route.methods
    if not methods or "GET" in methods:
        methods |= READING
    return ", ".join(sorted(methods))
