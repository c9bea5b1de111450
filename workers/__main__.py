"""A worker process: settings, models, then requests until SIGTERM or SIGINT."""

import os
import signal
import socket
import sys
import uuid

# Before TensorFlow is imported: its start-up notes are no news for a log of requests.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import structlog
from pydantic import ValidationError

from messaging.connection import connect
from messaging.json_log import configure_log
from workers.computing import BatchComputer
from workers.held import HeldRequests
from workers.model_pool import ModelPool, NoModelError
from workers.model_source import ModelSourceError, local_models
from workers.settings import WorkerSettings
from workers.worker import Worker

BYTES_PER_MEGABYTE = 1 << 20

REPLY_SECONDS = 10.0
"""A Redis command unanswered for so long counts as a broken connection."""

log = structlog.get_logger()


def main() -> int:
    """Run a worker until it is told to stop; the process' exit code."""
    configure_log()
    try:
        settings = WorkerSettings()
        names = [name.strip() for name in settings.models.split(",") if name.strip()]
        pool = ModelPool(
            local_models(settings.models_folder),
            trust_code=settings.trust_model_code,
            precision=settings.precision,
            max_weight_bytes=settings.max_weight_megabytes * BYTES_PER_MEGABYTE,
            max_compiled_kernels=settings.max_compiled_kernels,
        )
        pool.survey(names)
    except ValidationError as error:
        log.error("wrong settings", faults=[f"{e['loc']}: {e['msg']}" for e in error.errors()])
        return 2
    except (ModelSourceError, NoModelError) as error:
        log.error("nothing to host", reason=str(error))
        return 3
    computer = BatchComputer(pool, max_batch_images=settings.max_batch_images)
    computer.warm_up()
    worker_id = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:6]}"
    worker = Worker(
        connect(settings.redis_url, reply_seconds=REPLY_SECONDS),
        worker_id=worker_id,
        records=list(pool.records.values()),
        computer=computer,
        held=HeldRequests(
            max_batch_images=settings.max_batch_images,
            batch_wait_seconds=settings.batch_wait_seconds,
        ),
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    log.info("worker is ready", worker=worker_id, models=list(pool.records))
    worker.run()
    log.info("worker has ended", worker=worker_id)
    return 0


if __name__ == "__main__":
    sys.exit(main())
