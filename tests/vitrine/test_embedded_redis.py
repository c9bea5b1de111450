"""The embedded Redis is reached through its socket alone and leaves nothing behind."""

import os
import signal

import pytest
import redis

from tests.vitrine.fakes import Watched, eventually
from vitrine.supervision.embedded_redis import (
    answers_ping,
    jobs_redis,
    redis_url,
    requests_redis,
    socket_path,
)
from vitrine.supervision.errors import SocketPathError


def test_it_answers_through_its_socket_and_no_port(tmp_path):
    with Watched([requests_redis(tmp_path)]):
        assert eventually(lambda: answers_ping(socket_path(tmp_path, "redis")))
        with redis.Redis.from_url(redis_url(tmp_path, "redis")) as connection:
            assert connection.set("key", "value")
            assert connection.info("server")["tcp_port"] == 0
            assert connection.config_get("save")["save"] == ""

    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_may_use_the_socket(tmp_path):
    with Watched([requests_redis(tmp_path)]):
        assert eventually(lambda: answers_ping(socket_path(tmp_path, "redis")))

        assert socket_path(tmp_path, "redis").stat().st_mode & 0o077 == 0


def test_a_socket_left_by_a_killed_server_is_no_obstacle(tmp_path):
    with Watched([requests_redis(tmp_path)]) as watched:
        assert eventually(lambda: answers_ping(socket_path(tmp_path, "redis")))
        with redis.Redis.from_url(redis_url(tmp_path, "redis")) as connection:
            pid = connection.info("server")["process_id"]

        os.kill(pid, signal.SIGKILL)

        assert eventually(lambda: "redis ended by SIGKILL" in watched.told)
        assert eventually(lambda: answers_ping(socket_path(tmp_path, "redis")))


def test_a_path_too_long_for_a_socket_is_refused_with_the_way_out(tmp_path):
    with pytest.raises(SocketPathError, match="--data"):
        requests_redis(tmp_path / ("long" * 30))


def test_nobody_answers_where_there_is_no_socket(tmp_path):
    assert not answers_ping(tmp_path / "none")


def test_the_server_of_the_jobs_remembers_over_a_kill(tmp_path):
    path = socket_path(tmp_path, "jobs-redis")
    with Watched([jobs_redis(tmp_path)]) as watched:
        assert eventually(lambda: answers_ping(path))
        with redis.Redis.from_url(redis_url(tmp_path, "jobs-redis")) as connection:
            connection.set("key", "value")
            assert connection.waitaof(1, 0, 5000)[0] == 1
            pid = connection.info("server")["process_id"]

        os.kill(pid, signal.SIGKILL)

        assert eventually(lambda: "jobs-redis ended by SIGKILL" in watched.told)
        assert eventually(lambda: answers_ping(path))
        with redis.Redis.from_url(redis_url(tmp_path, "jobs-redis")) as connection:
            assert connection.get("key") == b"value"
            assert connection.config_get("maxmemory-policy") == {
                "maxmemory-policy": "noeviction"
            }


def test_the_two_servers_run_side_by_side_in_one_folder(tmp_path):
    with Watched([requests_redis(tmp_path), jobs_redis(tmp_path)]):
        for name in ("redis", "jobs-redis"):
            path = socket_path(tmp_path, name)
            assert eventually(lambda path=path: answers_ping(path))
