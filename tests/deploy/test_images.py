"""The Dockerfiles run commands that exist, pin what they install, and give no rights away."""

import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec

import pytest

from service.settings import ServiceSettings
from tests.deploy.dockerfiles import (
    FRONT,
    ROOT,
    WORKER,
    command,
    instructions,
    last_stage,
    variables,
)
from workers.settings import WorkerSettings

IMAGES = pytest.mark.parametrize("name", [FRONT, WORKER])
SETTINGS = {FRONT: ServiceSettings, WORKER: WorkerSettings}
REQUIREMENT = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def locked(name: str) -> dict[str, str]:
    return dict(REQUIREMENT.findall((ROOT / "requirements" / name).read_text()))


@IMAGES
def test_the_command_of_an_image_is_one_of_ours(name):
    program, *arguments = command(name, "CMD")
    assert program == "vitrine"

    shown = subprocess.run(
        [sys.executable, "-m", "vitrine", *arguments, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert shown.returncode == 0, shown.stderr
    assert f"vitrine {arguments[0]}" in shown.stdout


@IMAGES
def test_the_health_check_of_an_image_is_a_module_of_ours(name):
    program, flag, module = command(name, "HEALTHCHECK")

    assert (program, flag) == ("python", "-m")
    assert find_spec(module) is not None


@IMAGES
def test_an_image_sets_only_settings_that_there_are(name):
    prefix = SETTINGS[name].model_config["env_prefix"]
    set_here = {one for one in variables(name) if one.startswith("VITRINE_")}

    assert set_here
    assert set_here <= {prefix + field.upper() for field in SETTINGS[name].model_fields}


@IMAGES
def test_an_image_runs_as_nobody_special_and_writes_only_where_it_may(name):
    words = dict(last_stage(name))

    uid = words["USER"].split(":")[0]
    assert int(uid) >= 10_000
    assert f"--uid {uid}" in dict(last_stage(name))["RUN"]
    kept = variables(name)
    writable = ("/tmp", "/scratch", "/var/lib/vitrine")
    for variable in ("HOME", "TMPDIR", "MPLCONFIGDIR"):
        assert kept[variable].startswith(writable)
    assert kept["PYTHONDONTWRITEBYTECODE"] == "1"


@IMAGES
def test_what_an_image_installs_is_pinned_with_hashes(name):
    installs = re.findall(
        r"pip install ([^&;]+)", " & ".join(rest for word, rest in instructions(name))
    )
    by_lock = [one for one in installs if "-r " in one]

    assert len(by_lock) == 3
    assert all("--require-hashes" in one and "--no-deps" in one for one in by_lock)
    for lock in re.findall(r"-r (\S+)", " ".join(by_lock)):
        assert (ROOT / lock).is_file()
    others = [one.strip() for one in installs if one not in by_lock]
    assert set(others) <= {"--no-deps .", '"tensorflow[and-cuda]==2.20.0"'}


def test_the_front_has_no_tensorflow_and_the_worker_the_one_of_its_lock():
    assert "tensorflow" not in locked("front.lock")
    text = (ROOT / WORKER).read_text()
    assert f"tensorflow[and-cuda]=={locked('worker.lock')['tensorflow']}" in text


def test_the_locks_of_the_images_agree_with_the_one_that_the_tests_run_on():
    tested = locked("dev.lock")
    for name in ("front.lock", "worker.lock", "s3.lock", "tracing.lock"):
        differing = {
            package: version
            for package, version in locked(name).items()
            if tested.get(package) != version
        }
        assert differing == {}
    assert {"s3fs", "fsspec"} <= set(locked("s3.lock"))
    assert {"opentelemetry-sdk", "opentelemetry-api"} <= set(locked("tracing.lock"))


@IMAGES
def test_every_file_that_an_image_copies_is_let_through_to_the_build(name):
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    let_through = {line[1:].split("/")[0] for line in ignored if line.startswith("!")}

    copied = [rest.split()[:-1] for word, rest in instructions(name) if word == "COPY"]
    sources = {source for one in copied for source in one if not source.startswith("-")}
    for source in sources - {"/opt/vitrine", "."}:
        assert (ROOT / source).exists()
        assert source.split("/")[0] in let_through


def test_every_package_of_ours_is_let_through_to_the_build():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = project["tool"]["setuptools"]["packages"]["find"]["include"]
    ignored = (ROOT / ".dockerignore").read_text()

    for package in packages:
        assert f"\n!{package.rstrip('*')}" in ignored


@IMAGES
def test_no_image_is_fetched_from_a_registry_by_name_of_its_host(name):
    for word, rest in instructions(name):
        if word == "FROM":
            assert "." not in rest.split("/")[0].split(":")[0]
