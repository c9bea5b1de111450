"""Any Redis by URL: with a password, with TLS, and with neither a clear end."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from redis.exceptions import AuthenticationError, RedisError

from messaging.connection import connect, connect_async
from tests.processes import free_port, running, wait_until
from tests.redis_server import debian_program, valkey_program

PASSWORD = "open-sesame"
START_SECONDS = 20.0


@contextmanager
def server(program: str, *options: str) -> Iterator[None]:
    with running([program, *options, "--bind", "127.0.0.1", "--save", ""]):
        yield


def pings(url: str) -> bool:
    try:
        return bool(connect(url, reply_seconds=2.0).ping())
    except AuthenticationError:
        return True
    except RedisError:
        return False


@pytest.fixture(scope="module")
def guarded_port() -> Iterator[int]:
    port = free_port()
    with server(valkey_program(), "--port", str(port), "--requirepass", PASSWORD):
        wait_until(
            lambda: pings(f"redis://127.0.0.1:{port}"), "a server", seconds=START_SECONDS
        )
        yield port


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("certificate")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def test_a_password_in_the_url_opens_the_door(guarded_port):
    url = f"redis://:{PASSWORD}@127.0.0.1:{guarded_port}"

    assert connect(url, reply_seconds=2.0).ping()


async def test_a_password_in_the_url_opens_the_door_of_an_event_loop(guarded_port):
    url = f"redis://:{PASSWORD}@127.0.0.1:{guarded_port}"
    connection = connect_async(url, reply_seconds=2.0)

    assert await connection.ping()
    await connection.aclose()


def test_a_wrong_password_is_refused_and_not_taken_for_an_absent_server(guarded_port):
    with pytest.raises(AuthenticationError):
        connect(f"redis://:wrong@127.0.0.1:{guarded_port}", reply_seconds=2.0).ping()


@pytest.mark.redis
def test_a_server_behind_tls_is_reached_with_its_certificate_checked(certificate):
    port = free_port()
    tls = ["--port", "0", "--tls-port", str(port), "--tls-auth-clients", "no"]
    tls += ["--tls-cert-file", str(certificate / "certificate.pem")]
    tls += ["--tls-key-file", str(certificate / "key.pem")]
    url = f"rediss://localhost:{port}?ssl_ca_certs={certificate / 'certificate.pem'}"
    with server(debian_program(), *tls):
        wait_until(lambda: pings(url), "a server with TLS", seconds=START_SECONDS)

        assert connect(url, reply_seconds=2.0).set("key", "value")
        with pytest.raises(redis.exceptions.ConnectionError, match="certificate"):
            connect(f"rediss://localhost:{port}", reply_seconds=2.0).ping()
