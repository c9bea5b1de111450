"""A worker process: settings, models, then requests until SIGTERM or SIGINT."""

import os
import signal
import socket
import sys
import threading
import uuid
from pathlib import Path

# Before TensorFlow is imported: its start-up notes are no news for a log of requests.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import structlog
from pydantic import ValidationError

from messaging.connection import connect
from messaging.jobs.shipped import ShippedRecords
from messaging.json_log import configure_log
from messaging.tracing.switch import tracing
from storage.errors import StoreUrlError
from storage.store import Store, open_store
from workers.computing import BatchComputer
from workers.device_turns import DeviceTurns
from workers.held import HeldRequests
from workers.jobs.job_lane import job_lane
from workers.jobs.kinds import ModelOf, job_kinds
from workers.jobs.shipped_jobs import ShippedJobs
from workers.model_pool import HostedModel, ModelPool, NoModelError
from workers.model_source import ModelSourceError, local_models
from workers.settings import WorkerSettings
from workers.worker import Worker

BYTES_PER_MEGABYTE = 1 << 20

END_SECONDS = 8.0
"""For jobs to hand back what they are at."""

REPLY_SECONDS = 10.0
"""A Redis command unanswered for so long counts as a broken connection."""

log = structlog.get_logger()


def main() -> int:
    """Run a worker until it is told to stop; the process' exit code."""
    configure_log()
    try:
        settings = WorkerSettings()
        names = [name.strip() for name in settings.models.split(",") if name.strip()]
        folder = local_models(settings.models_folder)
        pool = ModelPool(
            folder,
            trust_code=settings.trust_model_code,
            precision=settings.precision,
            max_weight_bytes=settings.max_weight_megabytes * BYTES_PER_MEGABYTE,
            max_compiled_kernels=settings.max_compiled_kernels,
        )
        store = open_store(settings.store)
        pool.survey(names)
    except ValidationError as error:
        log.error("wrong settings", faults=[f"{e['loc']}: {e['msg']}" for e in error.errors()])
        return 2
    except (ModelSourceError, NoModelError) as error:
        log.error("nothing to host", reason=str(error))
        return 3
    except StoreUrlError as error:
        log.error("wrong settings", faults=[f"store: {error}"])
        return 2
    with tracing("worker"):
        run(settings, pool, store, models_folder=folder)
    return 0


def run(
    settings: WorkerSettings, pool: ModelPool, store: Store, *, models_folder: Path
) -> None:
    """Put a worker together, and run it until it is told to stop."""
    computer = BatchComputer(pool, max_batch_images=settings.max_batch_images)
    computer.warm_up()
    turns, stopping = DeviceTurns(), threading.Event()
    jobs_url = settings.jobs_redis_url or settings.redis_url
    jobs = job_lane(
        jobs_url,
        job_kinds(turns_at(pool, turns), store, store_url=settings.store),
        models=list(pool.records),
        store=store,
        turns=turns,
        stopping=stopping,
    )
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
        turns=turns,
        stopping=stopping,
        is_well=lambda: jobs.is_running,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    log.info("worker is ready", worker=worker_id, models=list(pool.records))
    jobs.start()
    shipped = ShippedJobs(
        models_folder,
        list(pool.records),
        ShippedRecords(connect(jobs_url, reply_seconds=REPLY_SECONDS)),
        store,
    )
    threading.Thread(
        target=shipped.bring_all, args=(stopping,), name="shipped", daemon=True
    ).start()
    worker.run()
    jobs.stop()
    jobs.join(END_SECONDS)
    log.info("worker has ended", worker=worker_id)


def turns_at(pool: ModelPool, turns: DeviceTurns) -> ModelOf:
    """Let jobs, which run in threads of their own, ask for models when no request uses them."""

    def model_of(name: str) -> HostedModel:
        with turns.patient():
            return pool.model(name)

    return model_of


if __name__ == "__main__":
    sys.exit(main())
