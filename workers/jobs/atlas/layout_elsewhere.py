"""A layout in a process of its own, ordered and waited for."""

from api_schemas.layout_options import LayoutOptions
from workers.jobs.job_run import JobRun
from workers.jobs.other_process import run_elsewhere

LAYOUT_PROCESS = "workers.jobs.atlas.layout_process"


def lay_out_elsewhere(
    kind: str, parameters: LayoutOptions, run: JobRun, *, store_url: str, shards: int
) -> None:
    """Lay out what a job has collected.

    Args:
        kind: of the job.
        parameters: of the job.
        run: the job.
        store_url: where its files are.
        shards: that were collected.

    Raises:
        JobRefusedError: it cannot be laid out.
        JobInterruptedError: the job is not to go on.
    """
    order = {
        "kind": kind,
        "store": store_url,
        "job": run.job_id,
        "parameters": parameters.model_dump(mode="json"),
        "shards": shards,
    }
    run.enter("layout")
    run_elsewhere(LAYOUT_PROCESS, order, stop_if_unwanted=run.stop_if_unwanted)
