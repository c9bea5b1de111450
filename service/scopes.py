"""The table of what each route asks of an API key."""

from fastapi import Request

from api_schemas.api_keys import KeyScope

SCOPES: dict[tuple[str, str], KeyScope | None] = {
    ("GET", "/"): None,
    ("GET", "/docs"): None,
    ("GET", "/healthz/live"): None,
    ("GET", "/healthz/ready"): None,
    ("GET", "/v2/health/live"): None,
    ("GET", "/v2/health/ready"): None,
    ("GET", "/metrics"): "read",
    ("GET", "/models"): "read",
    ("GET", "/models/{model}"): "read",
    ("GET", "/models/{model}/layers"): "read",
    ("GET", "/methods"): "read",
    ("GET", "/v1/models"): "read",
    ("GET", "/v1/models/{model}"): "read",
    ("GET", "/v2"): "read",
    ("GET", "/v2/models/{model}"): "read",
    ("GET", "/v2/models/{model}/ready"): "read",
    ("GET", "/jobs"): "read",
    ("GET", "/jobs/{job}"): "read",
    ("GET", "/jobs/{job}/result"): "read",
    ("GET", "/jobs/{job}/events"): "read",
    ("GET", "/jobs/{job}/artifacts"): "read",
    ("GET", "/jobs/{job}/artifacts/{path:path}"): "read",
    ("GET", "/datasets"): "read",
    ("GET", "/datasets/{dataset}"): "read",
    ("GET", "/atlases"): "read",
    ("GET", "/atlases/{atlas}"): "read",
    ("POST", "/predict"): "explain",
    ("POST", "/explain/feature-maps"): "explain",
    ("POST", "/explain/{method}"): "explain",
    ("POST", "/localize"): "explain",
    ("POST", "/replay"): "explain",
    ("GET", "/models/{model}/layers/{layer:path}/filters"): "explain",
    ("GET", "/models/{model}/layers/{layer:path}/readers"): "explain",
    ("POST", "/atlases/{atlas}/locate"): "explain",
    ("POST", "/v1/models/{model}:predict"): "explain",
    ("POST", "/v1/models/{model}:explain"): "explain",
    ("POST", "/v2/models/{model}/infer"): "explain",
    ("POST", "/v2/models/{model}/explain"): "explain",
    ("POST", "/jobs"): "jobs",
    ("DELETE", "/jobs/{job}"): "jobs",
    ("POST", "/jobs/{job}/retry"): "jobs",
    ("POST", "/datasets"): "jobs",
    ("DELETE", "/datasets/{dataset}"): "jobs",
}
"""By method and path; none for a route that is open to everybody. A test keeps it complete."""


def scope_of(method: str, path: str) -> KeyScope | None:
    """Look up what a route asks for; one that is in no table is for `admin` alone."""
    return SCOPES.get((method, path), "admin")


def needed_scope(request: Request) -> KeyScope | None:
    """Look up what the route of a request asks for."""
    return scope_of(request.method, request.scope["route"].path)
