"""What a front shows of workers, jobs and Redis is what it has seen last."""

import redis
from prometheus_client import CollectorRegistry, generate_latest

from messaging.errors import BrokerUnavailableError
from messaging.jobs.census import JobCensus
from messaging.redis_memory import RedisMemory
from messaging.registry import Hosting
from messaging.vitals import Vitals
from service.cluster import Cluster, look_at_cluster
from service.cluster_metrics import ClusterMetrics
from tests.service.application import FixedModels, NoBoard, NoRedis, client_of, png, record

VITALS = Vitals(
    resident_bytes=1000,
    device_bytes=20,
    held_requests=3,
    batches=5,
    images=12,
    request_seconds=1.5,
    job_seconds=0.25,
)
JOBS = JobCensus(
    queued={"tiny": 2, "zoo": 1},
    running=4,
    ended={("failed", "job_failed"): 2, ("succeeded", ""): 7},
    stage_tasks={("atlas", "collect"): 3},
    stage_seconds={("atlas", "collect"): 1.25},
    memory=RedisMemory(used=500, limit=0),
)
SEEN = Cluster(
    has_requests_redis=True,
    has_jobs_redis=False,
    hosting=Hosting(
        models={"tiny": record(), "zoo": record("zoo")},
        workers={"a": ("tiny",), "b": ("tiny",)},
    ),
    vitals={"a": VITALS},
    memory=RedisMemory(used=100, limit=200),
    jobs=JOBS,
)


def shown(seen: Cluster) -> set[str]:
    """Give the samples, one a line."""
    metrics = ClusterMetrics()
    metrics.seen = seen
    registry = CollectorRegistry()
    registry.register(metrics)
    lines = generate_latest(registry).decode().splitlines()
    return {line for line in lines if not line.startswith("#")}


def test_everything_that_was_seen_is_shown_under_its_labels():
    assert shown(SEEN) == {
        'vitrine_redis_up{role="requests"} 1.0',
        'vitrine_redis_up{role="jobs"} 0.0',
        'vitrine_model_workers{model="tiny"} 2.0',
        'vitrine_model_workers{model="zoo"} 0.0',
        'vitrine_worker_resident_bytes{worker="a"} 1000.0',
        'vitrine_worker_device_bytes{worker="a"} 20.0',
        'vitrine_worker_held_requests{worker="a"} 3.0',
        'vitrine_worker_batches_total{worker="a"} 5.0',
        'vitrine_worker_images_total{worker="a"} 12.0',
        'vitrine_worker_request_seconds_total{worker="a"} 1.5',
        'vitrine_worker_job_seconds_total{worker="a"} 0.25',
        'vitrine_redis_memory_bytes{role="requests"} 100.0',
        'vitrine_redis_memory_bytes{role="jobs"} 500.0',
        'vitrine_redis_memory_limit_bytes{role="requests"} 200.0',
        'vitrine_jobs{state="queued"} 3.0',
        'vitrine_jobs{state="running"} 4.0',
        'vitrine_queued_jobs{model="tiny"} 2.0',
        'vitrine_queued_jobs{model="zoo"} 1.0',
        'vitrine_jobs_ended_total{code="job_failed",status="failed"} 2.0',
        'vitrine_jobs_ended_total{code="",status="succeeded"} 7.0',
        'vitrine_job_stage_tasks_total{kind="atlas",stage="collect"} 3.0',
        'vitrine_job_stage_seconds_total{kind="atlas",stage="collect"} 1.25',
    }


def test_a_front_that_has_seen_nothing_says_only_that_redis_is_away():
    assert shown(Cluster()) == {
        'vitrine_redis_up{role="requests"} 0.0',
        'vitrine_redis_up{role="jobs"} 0.0',
    }


class FixedBoard:
    """Has counted its jobs already."""

    async def count_all(self, models: list[str]) -> JobCensus:
        return JOBS


class AwayRedis:
    """Breaks off."""

    async def mget(self, names: list[str]) -> list[bytes]:
        raise redis.ConnectionError


async def look(before: Cluster, *, connection=None, board=None, is_away=False) -> Cluster:
    return await look_at_cluster(
        before,
        connection=connection or NoRedis(),
        models=FixedModels(is_away=is_away),
        board=board or FixedBoard(),
    )


async def test_of_a_redis_that_is_away_the_last_that_was_seen_stays():
    for seen in (
        await look(SEEN, is_away=True),
        await look(SEEN, connection=AwayRedis()),
    ):
        assert (seen.has_requests_redis, seen.has_jobs_redis) == (False, True)
        assert (seen.hosting, seen.vitals, seen.memory) == (
            SEEN.hosting,
            SEEN.vitals,
            SEEN.memory,
        )


async def test_jobs_that_cannot_be_counted_leave_the_rest_as_it_is():
    seen = await look(SEEN, board=NoBoard())

    assert (seen.has_requests_redis, seen.has_jobs_redis) == (True, False)
    assert seen.jobs == JOBS
    assert seen.memory == RedisMemory(used=1000, limit=2000)


async def test_jobs_are_counted_while_the_redis_of_the_requests_is_away():
    class Counting(FixedBoard):
        async def count_all(self, models: list[str]) -> JobCensus:
            if models != ["tiny", "zoo"]:
                raise BrokerUnavailableError
            return JOBS

    assert (await look(SEEN, is_away=True, board=Counting())).has_jobs_redis


async def test_the_memory_and_files_of_the_front_itself_are_shown_too():
    async with client_of() as client:
        text = (await client.get("/metrics")).text

    assert "process_resident_memory_bytes " in text
    assert "process_open_fds " in text
    assert 'vitrine_redis_memory_limit_bytes{role="requests"} 2000.0' in text


async def test_the_time_of_each_stage_of_a_request_is_shown():
    async with client_of() as client:
        await client.get("/methods")
        before = (await client.get("/metrics")).text
        files = {"image": ("image.png", png(), "image/png")}
        await client.post("/explain/gradcam", files=files)
        after = (await client.get("/metrics")).text

    assert "vitrine_request_stage_seconds_count" not in before
    for stage in ("decode", "queue", "batch", "compute", "render"):
        assert f'vitrine_request_stage_seconds_count{{stage="{stage}"}} 1.0' in after
