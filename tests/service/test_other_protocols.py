"""Which paths are of protocols that are not ours, under a proxy's prefix or without."""

import pytest
from fastapi import Request

from service.other_protocols import speaks_other_protocol


def request_for(path: str, root_path: str) -> Request:
    scope = {"type": "http", "method": "GET", "headers": [], "query_string": b""}
    return Request(scope | {"path": path, "root_path": root_path})


@pytest.mark.parametrize(
    ("path", "root_path"),
    [
        ("/v1/models", ""),
        ("/v2", ""),
        ("/v2/health/live", ""),
        ("/v1/no/such", ""),
        ("/prefix/v2/models/tiny", "/prefix"),
        ("/v2/models/tiny", "/prefix"),
    ],
)
def test_paths_of_other_protocols_are_told(path, root_path):
    assert speaks_other_protocol(request_for(path, root_path))


@pytest.mark.parametrize(
    ("path", "root_path"),
    [
        ("/predict", ""),
        ("/", ""),
        ("/v10/models", ""),
        ("/models/v1", ""),
        ("/v1/predict", "/v1"),
        ("/prefix/jobs", "/prefix"),
    ],
)
def test_our_own_paths_are_told_apart(path, root_path):
    assert not speaks_other_protocol(request_for(path, root_path))
