"""The numbers that `GET /metrics` shows to Prometheus."""

from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from service.cluster_metrics import ClusterMetrics

SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)
"""Bounds of the buckets, from an answer without a worker to the deadline."""


class Metrics:
    """Every metric of one front process, in a registry of its own.

    Memory, processor time and open files are among them, as Prometheus names them.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.cluster = ClusterMetrics()
        self.registry.register(self.cluster)
        counter = partial(Counter, registry=self.registry)
        gauge = partial(Gauge, registry=self.registry)
        seconds = partial(Histogram, buckets=SECONDS, registry=self.registry)
        self.requests = counter(
            "vitrine_requests", "HTTP requests answered.", ["route", "method", "status"]
        )
        self.request_seconds = seconds(
            "vitrine_request_seconds",
            "Time from the first byte of a request to its answer.",
            ["route"],
        )
        self.refusals = counter(
            "vitrine_refusals", "Requests refused, by the code of the problem.", ["code"]
        )
        self.stage_seconds = seconds(
            "vitrine_request_stage_seconds",
            "Time that requests spent at each stage that Server-Timing names.",
            ["stage"],
        )
        self.queue_seconds = seconds(
            "vitrine_queue_seconds",
            "Time that requests waited until a worker took them.",
            ["model"],
        )
        self.kernel_seconds = seconds(
            "vitrine_kernel_seconds",
            "Time of the kernel run that a request was part of.",
            ["model", "method"],
        )
        self.batch_images = Histogram(
            "vitrine_batch_images",
            "Images in the batch that a request was part of.",
            ["model"],
            buckets=(1, 2, 4, 8, 16, 32, 64),
            registry=self.registry,
        )
        self.cache_hits = counter(
            "vitrine_cache_hits", "Images answered from the cache of results.", ["model"]
        )
        self.cache_misses = counter(
            "vitrine_cache_misses",
            "Images looked up in the cache of results and not found.",
            ["model"],
        )
        self.cache_failures = counter(
            "vitrine_cache_failures",
            "Times that the cache of results did not work, and was done without.",
        )
        self.waiting_requests = gauge(
            "vitrine_waiting_requests",
            "Requests that wait for a worker or are being computed.",
            ["model"],
        )
        self.live_workers = gauge("vitrine_live_workers", "Workers with a recent sign of life.")
