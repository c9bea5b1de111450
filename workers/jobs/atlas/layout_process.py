"""The layout as a process: `python -m workers.jobs.atlas.layout_process < order.json`.

Ends with 0; with REFUSED, and the refusal as JSON on standard output; or with NO_ROOM. It also
ends when its standard input does: whoever started it is gone.
"""

import json
import os
import sys
import threading
from typing import Any

from api_schemas.atlas import AtlasParameters
from api_schemas.dataset_map import DATASET_MAP, DatasetMapParameters
from core.atlas.errors import TooFewPointsError
from storage.errors import StoreFullError
from storage.job_files import JobFiles
from storage.store import open_store
from workers.jobs.atlas.laying_out import lay_out
from workers.jobs.dataset_map.laying_out import lay_out_map
from workers.jobs.errors import JobRefusedError
from workers.jobs.other_process import NO_ROOM, REFUSED

ABANDONED = 4
"""Exit code: nobody waits for the layout any more."""


def main() -> int:
    """Lay out what the order says; the exit code."""
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    files = JobFiles(open_store(order["store"]), order["job"])
    try:
        _lay_out(files, order)
    except JobRefusedError as refusal:
        return _refuse(refusal.code, refusal.detail)
    except TooFewPointsError as refusal:
        return _refuse("too_few_points", str(refusal))
    except StoreFullError:
        return NO_ROOM
    return 0


def _lay_out(files: JobFiles, order: dict[str, Any]) -> None:
    """Lay out an atlas or a dataset map."""
    if order["kind"] == DATASET_MAP:
        map_parameters = DatasetMapParameters.model_validate(order["parameters"])
        lay_out_map(files, map_parameters, shards=order["shards"])
        return
    parameters = AtlasParameters.model_validate(order["parameters"])
    lay_out(files, parameters, shards=order["shards"])


def _refuse(code: str, detail: str) -> int:
    sys.stdout.write(json.dumps({"code": code, "detail": detail}))
    return REFUSED


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(ABANDONED)


if __name__ == "__main__":
    sys.exit(main())
