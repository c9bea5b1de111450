"""`python -m service.alive`: whether a front answers on this machine, for health checks."""

import os
import sys
from http.client import HTTPConnection, HTTPException

from service.settings import ServiceSettings

ANSWER_SECONDS = 4.0
"""Less than orchestrators wait for a health check."""

PORT_VARIABLE = "VITRINE_SERVICE_PORT"


def main() -> int:
    """Ask the front that this environment describes; the process' exit code."""
    port = int(os.environ.get(PORT_VARIABLE, ServiceSettings.model_fields["port"].default))
    connection = HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/healthz/live")
        return 0 if connection.getresponse().status == 200 else 1  # noqa: PLR2004 - OK
    except (HTTPException, OSError) as error:
        sys.stderr.write(f"no front answers on port {port}: {error}\n")
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
