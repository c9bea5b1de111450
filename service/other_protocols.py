"""Which requests speak a protocol that is not ours, and so expect refusals in its form too."""

from fastapi import Request

OTHER_PROTOCOLS = ("v1", "v2")
"""First parts of their paths: refusals there also carry `error`, and the options are found
under `/parameters`."""


def speaks_other_protocol(request: Request) -> bool:
    """Whether a request is for a path of a protocol that is not ours."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    return path.lstrip("/").split("/")[0] in OTHER_PROTOCOLS
