"""Jobs of several stages, carried out one task after another in this process."""

from pathlib import Path

import numpy as np
from PIL import Image

from storage.datasets import Datasets
from storage.store import Store
from tests.workers.jobs.fake_run import FakeRun
from workers.jobs.stages import JobOrder

MAX_IMAGE_BYTES = 10**6


def carried_out(stages, folder, params, *, skip=()):
    """Do every task of every stage; the run, and the result of the last stage.

    Args:
        stages: of the kind.
        folder: of the store.
        params: of the job.
        skip: numbers of stages that were done before.
    """
    order = JobOrder(FakeRun(folder).job_id, "planted", params)
    run, result = FakeRun(folder), {}
    for number, stage in enumerate(stages):
        for task in range(0 if number in skip else stage.tasks(order)):
            result = stage.carry_out(order, task, run)
    return run, result


def registered(store: Store, folder: Path, images: dict[str, np.ndarray]) -> str:
    """Write images [H, W, 3] uint8 as PNG under their paths, and make a dataset of them."""
    for path, pixels in images.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(folder / path)
    return (
        Datasets(store, roots=[str(folder)])
        .register(str(folder), name=None, max_image_bytes=MAX_IMAGE_BYTES)
        .id
    )
