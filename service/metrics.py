"""The numbers that `GET /metrics` shows to Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from service.cluster_metrics import ClusterMetrics

SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)
"""Bounds of the buckets, from an answer without a worker to the deadline."""


class Metrics:
    """Every metric of one front process, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        # Memory, processor time and open files of this process, as Prometheus names them.
        ProcessCollector(registry=self.registry)
        self.cluster = ClusterMetrics()
        self.registry.register(self.cluster)
        self.requests = Counter(
            "vitrine_requests",
            "HTTP requests answered.",
            ["route", "method", "status"],
            registry=self.registry,
        )
        self.request_seconds = Histogram(
            "vitrine_request_seconds",
            "Time from the first byte of a request to its answer.",
            ["route"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.refusals = Counter(
            "vitrine_refusals",
            "Requests refused, by the code of the problem.",
            ["code"],
            registry=self.registry,
        )
        self.stage_seconds = Histogram(
            "vitrine_request_stage_seconds",
            "Time that requests spent at each stage that Server-Timing names.",
            ["stage"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.queue_seconds = Histogram(
            "vitrine_queue_seconds",
            "Time that requests waited until a worker took them.",
            ["model"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.kernel_seconds = Histogram(
            "vitrine_kernel_seconds",
            "Time of the kernel run that a request was part of.",
            ["model", "method"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.batch_images = Histogram(
            "vitrine_batch_images",
            "Images in the batch that a request was part of.",
            ["model"],
            buckets=(1, 2, 4, 8, 16, 32, 64),
            registry=self.registry,
        )
        self.cache_hits = Counter(
            "vitrine_cache_hits",
            "Images answered from the cache of results.",
            ["model"],
            registry=self.registry,
        )
        self.cache_misses = Counter(
            "vitrine_cache_misses",
            "Images looked up in the cache of results and not found.",
            ["model"],
            registry=self.registry,
        )
        self.cache_failures = Counter(
            "vitrine_cache_failures",
            "Times that the cache of results did not work, and was done without.",
            registry=self.registry,
        )
        self.waiting_requests = Gauge(
            "vitrine_waiting_requests",
            "Requests that wait for a worker or are being computed.",
            ["model"],
            registry=self.registry,
        )
        self.live_workers = Gauge(
            "vitrine_live_workers",
            "Workers that have shown a sign of life in the last seconds.",
            registry=self.registry,
        )
