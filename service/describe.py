"""Writes the OpenAPI document to standard output: the page's types are made from it.

python -m service.describe > web/openapi.json
"""

import json
import sys
from typing import Any

from service.app import create_app
from service.dependencies import Parts
from service.metrics import Metrics


class NothingToOpenError(Exception):
    """The application was started, which was only to be described."""


class NoParts:
    """Stands for the parts of an application that never runs."""

    async def __aenter__(self) -> Parts:
        """Refuse.

        Raises:
            NothingToOpenError: always.
        """
        raise NothingToOpenError

    async def __aexit__(self, *_: object) -> None:
        """Close nothing."""


def openapi_document() -> dict[str, Any]:
    """Describe every route, without Redis and settings."""
    app = create_app(
        NoParts, metrics_of_front=Metrics(), root_path="", client_patience_seconds=1.0
    )
    return app.openapi()


def main() -> None:
    """Write the document in the one form that differences show well in."""
    json.dump(openapi_document(), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
