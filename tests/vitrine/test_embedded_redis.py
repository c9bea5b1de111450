"""The embedded Redis is reached through its socket alone and leaves nothing behind."""

import os
import signal

import pytest
import redis

from tests.vitrine.fakes import Watched, eventually
from vitrine.supervision.embedded_redis import (
    answers_ping,
    embedded_redis,
    redis_url,
    socket_path,
)
from vitrine.supervision.errors import SocketPathError


def test_it_answers_through_its_socket_and_no_port(tmp_path):
    with Watched([embedded_redis(tmp_path)]):
        assert eventually(lambda: answers_ping(socket_path(tmp_path)))
        with redis.Redis.from_url(redis_url(tmp_path)) as connection:
            assert connection.set("key", "value")
            assert connection.info("server")["tcp_port"] == 0
            assert connection.config_get("save")["save"] == ""

    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_may_use_the_socket(tmp_path):
    with Watched([embedded_redis(tmp_path)]):
        assert eventually(lambda: answers_ping(socket_path(tmp_path)))

        assert socket_path(tmp_path).stat().st_mode & 0o077 == 0


def test_a_socket_left_by_a_killed_server_is_no_obstacle(tmp_path):
    with Watched([embedded_redis(tmp_path)]) as watched:
        assert eventually(lambda: answers_ping(socket_path(tmp_path)))
        with redis.Redis.from_url(redis_url(tmp_path)) as connection:
            pid = connection.info("server")["process_id"]

        os.kill(pid, signal.SIGKILL)

        assert eventually(lambda: "redis ended by SIGKILL" in watched.told)
        assert eventually(lambda: answers_ping(socket_path(tmp_path)))


def test_a_path_too_long_for_a_socket_is_refused_with_the_way_out(tmp_path):
    with pytest.raises(SocketPathError, match="--data"):
        embedded_redis(tmp_path / ("long" * 30))


def test_nobody_answers_where_there_is_no_socket(tmp_path):
    assert not answers_ping(tmp_path / "none")
