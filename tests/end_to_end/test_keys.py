"""Keys from the command line to the disk, with two real fronts."""

import json
import subprocess
import sys

import httpx
import pytest
import redis

from tests.processes import ROOT, clean_environment, front, valkey, wait_until
from vitrine.client.blocking import Client
from vitrine.client.errors import RefusedError

pytestmark = pytest.mark.processes

SECONDS = 60.0


@pytest.fixture(scope="module")
def redis_url():
    with valkey() as url:
        yield url


@pytest.fixture(scope="module")
def fronts(redis_url, tmp_path_factory):
    """The URLs of two fronts of one Redis, without a worker."""
    store = tmp_path_factory.mktemp("store")
    with (
        front(redis_url, "tiny", store=store) as one,
        front(redis_url, "tiny", store=store) as two,
    ):
        yield one, two


def vitrine(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "vitrine", *words],
        cwd=ROOT,
        env=clean_environment() | variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def status(url: str, secret: str | None = None) -> int:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return httpx.get(f"{url}/methods", headers=headers, timeout=SECONDS).status_code


def test_a_service_opens_closes_and_refuses_as_its_keys_come_and_go(redis_url, fronts):
    assert [status(url) for url in fronts] == [200, 200]

    made = vitrine("keys", "create", "x", "--json", VITRINE_SERVICE_REDIS_URL=redis_url)
    secret, key = (json.loads(made.stdout)[name] for name in ("secret", "id"))
    for url in fronts:
        wait_until(lambda url=url: status(url) == 401, "keys are asked for", seconds=SECONDS)
        assert status(url, secret) == 200
        assert httpx.get(f"{url}/healthz/live").status_code == 200

    with Client(fronts[0], api_key=secret) as client:
        assert client.methods()
        assert list(client.jobs()) == []
    with (
        Client(fronts[0], api_key="vitrine_no_key") as client,
        pytest.raises(RefusedError) as no,
    ):
        client.methods()
    assert no.value.status == 401
    listed = vitrine("jobs", "list", "--json", VITRINE_URL=fronts[1], VITRINE_API_KEY=secret)
    assert json.loads(listed.stdout) == {"jobs": []}
    keyless = vitrine("jobs", "list", VITRINE_URL=fronts[1])
    assert (keyless.returncode, keyless.stdout) == (1, "")
    assert "API key" in keyless.stderr

    vitrine("keys", "revoke", key, "--redis-url", redis_url)
    for url in fronts:
        wait_until(lambda url=url: status(url, secret) == 401, "it is revoked", seconds=SECONDS)
    with redis.Redis.from_url(redis_url) as connection:
        for name in connection.scan_iter("*"):
            assert secret.encode() not in connection.dump(name)
