"""The manifests fit each other, the images and the code: names, ports, settings, queues."""

import re
import subprocess
import sys

import pytest
import yaml
from bullmq.queue_keys import QueueKeys

from messaging.jobs.keys import BULL_PREFIX, model_queue
from messaging.keys import requests_key
from service.settings import ServiceSettings
from tests.deploy.dockerfiles import FRONT as FRONT_FILE
from tests.deploy.dockerfiles import ROOT, variables
from tests.deploy.dockerfiles import WORKER as WORKER_FILE
from workers.settings import WorkerSettings

FOLDER = ROOT / "deploy" / "kubernetes"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
OBJECTS = [
    one
    for name in KUSTOMIZATION["resources"]
    for one in yaml.safe_load_all((FOLDER / name).read_text())
]
PASSWORD = "0123456789abcdef"


def find(kind: str, name: str):
    [found] = [
        one for one in OBJECTS if one["kind"] == kind and one["metadata"]["name"] == name
    ]
    return found


FRONT, WORKER = find("Deployment", "front"), find("Deployment", "worker")
PODS = {
    "front": FRONT["spec"]["template"],
    "worker": WORKER["spec"]["template"],
    "requests": find("StatefulSet", "requests")["spec"]["template"],
    "jobs": find("StatefulSet", "jobs")["spec"]["template"],
}
CLASSES = {"front": ServiceSettings, "worker": WorkerSettings}
every_pod = pytest.mark.parametrize("name", PODS)
our_pods = pytest.mark.parametrize("name", CLASSES)


def container(name):
    [only] = PODS[name]["spec"]["containers"]
    return only


def test_every_manifest_of_the_folder_is_applied_but_the_example():
    applied = {*KUSTOMIZATION["resources"], "kustomization.yaml", "secret.example.yaml"}

    assert {path.name for path in FOLDER.iterdir()} == applied


@our_pods
def test_the_settings_of_a_pod_start_its_process(name, monkeypatch):
    for entry in container(name)["env"]:
        if entry["name"].startswith("VITRINE_"):
            value = entry["value"].replace("$(REDIS_PASSWORD)", PASSWORD)
            monkeypatch.setenv(entry["name"], value)

    settings = CLASSES[name]()

    for url in (settings.redis_url, settings.jobs_redis_url):
        host = re.fullmatch(rf"redis://:{PASSWORD}@(\w+):6379", url).group(1)
        assert find("Service", host)["spec"]["ports"][0]["port"] == 6379
    assert settings.store.startswith("s3://")


@our_pods
def test_a_variable_stands_behind_those_that_it_is_made_of(name):
    seen = set()
    for entry in container(name)["env"]:
        assert set(re.findall(r"\$\((\w+)\)", entry.get("value", ""))) <= seen
        seen.add(entry["name"])


@our_pods
def test_the_command_of_a_pod_is_one_of_ours(name):
    program, *arguments = container(name)["command"]
    assert program == "vitrine"

    shown = subprocess.run(
        [sys.executable, "-m", "vitrine", *arguments, "--help"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )

    assert shown.returncode == 0


@every_pod
def test_a_pod_meets_the_restricted_standard_and_has_a_read_only_root(name):
    pod, rights = PODS[name]["spec"], container(name)["securityContext"]

    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert rights == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


@pytest.mark.parametrize(("name", "file"), [("front", FRONT_FILE), ("worker", WORKER_FILE)])
def test_a_pod_has_room_wherever_its_image_writes(name, file):
    mounts = tuple(mount["mountPath"] for mount in container(name)["volumeMounts"])

    for variable in ("HOME", "TMPDIR", "MPLCONFIGDIR"):
        assert variables(file)[variable].startswith(mounts)
    uid = PODS[name]["spec"]["securityContext"]["runAsUser"]
    assert f"USER {uid}:" in (ROOT / file).read_text()


@every_pod
def test_a_pod_is_probed_and_has_its_labels_and_bounds(name):
    labels = PODS[name]["metadata"]["labels"]
    one = container(name)

    assert labels["app.kubernetes.io/component"] == name
    assert {"readinessProbe", "livenessProbe"} <= set(one)
    assert {"cpu", "memory"} <= set(one["resources"]["requests"])
    assert "memory" in one["resources"]["limits"]


def test_the_probes_of_the_front_ask_a_route_on_the_port_that_it_listens_on():
    one = container("front")
    port = {port["name"]: port["containerPort"] for port in one["ports"]}["http"]
    settings = {entry["name"]: entry.get("value") for entry in one["env"]}

    assert str(port) == settings["VITRINE_SERVICE_PORT"]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert one[probe]["httpGet"] == {"path": "/healthz/live", "port": "http"}
    assert find("Service", "front")["spec"]["ports"][0]["targetPort"] == "http"


def test_the_probes_of_a_worker_are_the_health_check_of_its_image():
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        asked = container("worker")[probe]["exec"]["command"]
        assert " ".join(asked) == "python -m workers.alive"
    assert '"workers.alive"' in (ROOT / WORKER_FILE).read_text()


def test_workers_scale_by_the_queues_that_they_take_work_from():
    triggers = find("ScaledObject", "worker")["spec"]["triggers"]
    settings = {e["name"]: e.get("value") for e in container("front")["env"]}
    model = settings["VITRINE_SERVICE_DEFAULT_MODEL"]
    waiting = QueueKeys(BULL_PREFIX).getKeys(model_queue(model))["wait"]

    watched = [one["metadata"].get("stream") or one["metadata"]["listName"] for one in triggers]
    assert watched == [requests_key(model), requests_key(model, is_long=True), waiting]
    for trigger, host in zip(triggers, ("requests", "requests", "jobs"), strict=True):
        namespace = KUSTOMIZATION["namespace"]
        assert trigger["metadata"]["address"] == f"{host}.{namespace}.svc:6379"
        assert trigger["authenticationRef"] == {"name": "redis-password"}
    scaled = {
        one["spec"]["scaleTargetRef"]["name"]
        for one in OBJECTS
        if one["kind"] in ("ScaledObject", "HorizontalPodAutoscaler")
    }
    assert scaled == {"front", "worker"}
    # Who is scaled has no number of its own, which each `apply` would set it back to.
    assert not any("replicas" in one["spec"] for one in (FRONT, WORKER))


def test_budgets_policies_and_services_select_pods_that_there_are():
    labels = [pod["metadata"]["labels"] for pod in PODS.values()]
    for kind, path in (
        ("PodDisruptionBudget", ("selector", "matchLabels")),
        ("Service", ("selector",)),
        ("NetworkPolicy", ("podSelector", "matchLabels")),
    ):
        for one in (one for one in OBJECTS if one["kind"] == kind):
            wanted = one["spec"]
            for step in path:
                wanted = wanted.get(step, {})
            assert any(wanted.items() <= pod.items() for pod in labels)


def test_every_key_of_the_secret_that_is_used_is_in_the_example():
    example = yaml.safe_load((FOLDER / "secret.example.yaml").read_text())
    used = set(
        re.findall(
            r"name: vitrine, key: (\w+)",
            "".join(path.read_text() for path in FOLDER.glob("*.yaml")),
        )
    )

    assert used == set(example["stringData"])


def test_no_object_names_the_host_of_a_registry():
    images = [one["image"] for pod in PODS.values() for one in pod["spec"]["containers"]]
    tags = {one["name"]: str(one["newTag"]) for one in KUSTOMIZATION["images"]}

    assert images == ["vitrine-front", "vitrine-worker", "valkey/valkey:9", "valkey/valkey:9"]
    version = re.search(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text(), re.M)
    assert tags == {
        "vitrine-front": version.group(1),
        "vitrine-worker": f"{version.group(1)}-gpu",
    }
