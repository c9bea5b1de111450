"""What Redis knows of workers and jobs, in Prometheus' words; every front shows the same."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from messaging.jobs.census import JobCensus
from messaging.redis_memory import RedisMemory
from messaging.vitals import Vitals
from service.cluster import Cluster

VITAL_GAUGES = {
    "resident_bytes": "Memory of a worker's process.",
    "device_bytes": "Memory of the GPU that a worker's tensors take; 0 on a CPU.",
    "held_requests": "Requests that a worker has taken and not yet answered.",
}

VITAL_COUNTERS = {
    "batches": "Batches that a worker has computed for requests.",
    "images": "Images in the batches that a worker has computed, without padding.",
    "request_seconds": "Time that requests had a worker's device.",
    "job_seconds": "Time that jobs had a worker's device.",
}
"""Fields of `Vitals`, with what they mean."""

LabelValues = TypeVar("LabelValues", bound=tuple[str, ...])


class ClusterMetrics(Collector):
    """Shows what was seen last; nothing of what was never seen."""

    def __init__(self) -> None:
        self.seen = Cluster()

    def collect(self) -> Iterator[Metric]:
        """Give every family, for one scrape."""
        seen = self.seen
        up = {("requests",): seen.has_requests_redis, ("jobs",): seen.has_jobs_redis}
        yield gauge("vitrine_redis_up", "Whether a Redis answers.", ["role"], up)
        hosted = {(model,): count for model, count in seen.model_workers.items()}
        text = "Live workers that host a model."
        yield gauge("vitrine_model_workers", text, ["model"], hosted)
        yield from _of_vitals(seen.vitals)
        memory = {"requests": seen.memory} if seen.memory else {}
        yield from _of_memory(memory | ({"jobs": seen.jobs.memory} if seen.jobs else {}))
        if seen.jobs is not None:
            yield from _of_jobs(seen.jobs)


def _of_vitals(vitals: Mapping[str, Vitals]) -> Iterator[Metric]:
    for families, make in ((VITAL_GAUGES, gauge), (VITAL_COUNTERS, counter)):
        for name, text in families.items():
            values = {(worker,): getattr(one, name) for worker, one in vitals.items()}
            yield make(f"vitrine_worker_{name}", text, ["worker"], values)


def _of_memory(memory: Mapping[str, RedisMemory]) -> Iterator[Metric]:
    used = {(role,): one.used for role, one in memory.items()}
    yield gauge("vitrine_redis_memory_bytes", "Memory that a Redis has taken.", ["role"], used)
    limits = {(role,): one.limit for role, one in memory.items() if one.limit}
    text = "Memory that a Redis may take, where it has a limit (maxmemory)."
    yield gauge("vitrine_redis_memory_limit_bytes", text, ["role"], limits)


def _of_jobs(jobs: JobCensus) -> Iterator[Metric]:
    queued = {(model,): count for model, count in jobs.queued.items()}
    states = {("queued",): sum(queued.values()), ("running",): jobs.running}
    yield gauge("vitrine_jobs", "Jobs that have not ended, by their state.", ["state"], states)
    yield gauge("vitrine_queued_jobs", "Jobs that wait for a worker.", ["model"], queued)
    text = "Jobs that have ended, by status and by the code of the problem."
    yield counter("vitrine_jobs_ended", text, ["status", "code"], jobs.ended)
    labels = ["kind", "stage"]
    text = "Tasks of jobs that were done, by kind of job and stage."
    yield counter("vitrine_job_stage_tasks", text, labels, jobs.stage_tasks)
    text = "Time that these tasks took, waiting for the device included."
    yield counter("vitrine_job_stage_seconds", text, labels, jobs.stage_seconds)


def gauge(
    name: str, text: str, labels: Iterable[str], values: Mapping[LabelValues, float]
) -> Metric:
    """Make a family of what may rise and fall."""
    family = GaugeMetricFamily(name, text, labels=list(labels))
    for of_labels, value in sorted(values.items()):
        family.add_metric(list(of_labels), float(value))
    return family


def counter(
    name: str, text: str, labels: Iterable[str], values: Mapping[LabelValues, float]
) -> Metric:
    """Make a family of what only rises; Prometheus adds `_total` to its name."""
    family = CounterMetricFamily(name, text, labels=list(labels))
    for of_labels, value in sorted(values.items()):
        family.add_metric(list(of_labels), float(value))
    return family
