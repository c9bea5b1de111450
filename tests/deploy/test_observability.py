"""A running service shows what dashboards and alerts ask for, and its logs name requests."""

import json
import os
import re
import subprocess
import sys
import time

import httpx
import pytest
import yaml

from tests.deploy.dockerfiles import FRONT, ROOT, WORKER, command
from tests.deploy.metrics import asked_for, families, labels_of, queryable
from tests.end_to_end.images import encoded, noise
from tests.processes import front, valkey, wait_ready, wait_until, worker
from tests.tiny_model import write_tiny_model

pytestmark = pytest.mark.processes

ANSWER_SECONDS = 120.0
"""A first request to a method compiles it."""

DASHBOARD = json.loads((ROOT / "deploy" / "grafana" / "vitrine.json").read_text())
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
RULES = [
    rule
    for group in yaml.safe_load((ROOT / "deploy" / "prometheus" / "alerts.yml").read_text())[
        "groups"
    ]
    for rule in group["rules"]
]
EXPRESSIONS = [
    *(target["expr"] for panel in PANELS for target in panel["targets"]),
    *(rule["expr"] for rule in RULES),
]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A service: the URLs of its Redis and its front, and its worker's process."""
    folder, store = tmp_path_factory.mktemp("models"), tmp_path_factory.mktemp("store")
    write_tiny_model(folder)
    with (
        valkey() as redis_url,
        worker(redis_url, folder, store=store) as process,
        front(redis_url, "tiny", store=store) as url,
    ):
        wait_ready(url)
        yield redis_url, url, process


def ask(url: str, path: str, request: str) -> httpx.Response:
    return httpx.post(
        f"{url}{path}",
        files={"image": encoded(noise(0))},
        headers={"X-Request-ID": request},
        timeout=ANSWER_SECONDS,
    )


@pytest.fixture(scope="module")
def shown(service) -> str:
    """What a front shows that has answered, refused, and seen a job end."""
    _, url, _ = service
    for path, status in (("/predict", 200), ("/explain/gradcam", 200), ("/explain/no", 404)):
        assert ask(url, path, "asked-for-metrics").status_code == status
    params = {"objective": "logit", "classes": [0], "steps": 16, "size": 32}
    submission = {"kind": "activation-maximization", "params": params}
    job = httpx.post(f"{url}/jobs", json=submission, timeout=ANSWER_SECONDS).json()
    ended = ("failed", "succeeded")
    here = f"{url}{job['links']['self']}"
    wait_until(lambda: httpx.get(here).json()["status"] in ended, "the job ends")
    assert httpx.get(here).json()["error"] is None
    wait_until(lambda: "vitrine_worker_resident_bytes{" in metrics(url), "a worker tells")
    wait_until(lambda: "vitrine_jobs_ended_total{" in metrics(url), "the end is counted")
    return metrics(url)


def metrics(url: str) -> str:
    return httpx.get(f"{url}/metrics", timeout=ANSWER_SECONDS).text


def test_everything_that_dashboard_and_alerts_ask_for_is_shown(shown):
    assert asked_for(EXPRESSIONS) <= queryable(shown)


def test_the_labels_that_queries_name_are_those_of_the_samples(shown):
    known = {label for labels in labels_of(shown).values() for label in labels}
    # What Prometheus adds at every scrape.
    known |= {"instance", "pod", "job"}

    grouped = re.findall(r"(?:by|without) \(([^)]*)\)", " ".join(EXPRESSIONS))
    matched = re.findall(r"(\w+)[!=]~?\"", " ".join(EXPRESSIONS))
    shown_as = re.findall(r"\{\{(\w+)\}\}", json.dumps(DASHBOARD))
    assert {one for group in grouped for one in re.split(r",\s*", group)} <= known
    assert {*matched, *shown_as} <= known


def test_the_page_of_operations_has_a_row_for_every_metric(shown):
    described = set(re.findall(r"^\| `((?:vitrine|process)_\w+)` \|", OPERATIONS, re.M))

    ours = {
        name + ("_total" if kind == "counter" else "")
        for name, kind in families(shown).items()
        if name.startswith("vitrine_")
    }
    assert {name for name in described if name.startswith("vitrine_")} == ours


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_the_page_of_operations_says_what_to_do_about_an_alert(rule):
    assert f"\n### {rule['alert']}\n" in OPERATIONS
    assert rule["annotations"]["summary"]
    assert rule["labels"]["severity"] in ("critical", "warning")


def test_no_section_of_the_page_is_about_an_alert_that_is_gone():
    described = set(re.findall(r"^### (Vitrine\w+)$", OPERATIONS, re.M))

    assert described == {rule["alert"] for rule in RULES}


def test_panels_stand_beside_each_other_and_each_has_a_query():
    places = set()
    for panel in PANELS:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & places
        places |= cells
        assert panel["targets"]
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


def lines_about(log: str, request: str) -> list[dict]:
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    return [
        line
        for line in lines
        if line.get("request") == request or request in line.get("requests", ())
    ]


def test_the_log_of_the_worker_names_the_request_that_the_caller_named(service):
    _, url, process = service
    request = "trace-4bf92f3577b34da6"

    response = ask(url, "/explain/gradcam", request)

    assert response.headers["X-Request-ID"] == request
    wait_until(lambda: lines_about(process.stderr, request), "the worker's line")
    [line] = lines_about(process.stderr, request)
    assert (line["event"], line["model"], line["method"]) == ("batch", "tiny", "gradcam")
    assert line["images"] == 1
    assert line["milliseconds"] > 0


def test_the_logs_of_front_and_worker_name_the_job_that_was_done(shown, service):
    _, url, process = service
    [job] = [one["id"] for one in httpx.get(f"{url}/jobs").json()["jobs"]]

    lines = [json.loads(line) for line in process.stderr.splitlines() if line.startswith("{")]
    [line] = [line for line in lines if line.get("job") == job]
    assert (line["event"], line["kind"]) == ("job task done", "activation-maximization")
    [seconds] = line["seconds"].values()
    counted = re.search(r"^vitrine_job_stage_seconds_total\{.*\} (\S+)$", shown, re.M)
    assert float(counted.group(1)) == pytest.approx(seconds, abs=1e-3)
    assert 'vitrine_jobs_ended_total{code="",status="succeeded"} 1.0' in shown


def healthy(name: str, **environment: str) -> int:
    """Run an image's health check; its exit code."""
    program, *arguments = command(name, "HEALTHCHECK")
    assert program == "python"
    ended = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )
    return ended.returncode


def test_the_health_checks_of_the_images_see_what_lives_and_miss_what_does_not(service):
    redis_url, url, _ = service
    port = url.rsplit(":", 1)[1]

    assert healthy(FRONT, VITRINE_SERVICE_PORT=port) == 0
    assert healthy(WORKER, VITRINE_WORKER_REDIS_URL=redis_url) == 0
    assert healthy(FRONT, VITRINE_SERVICE_PORT="1") == 1
    assert healthy(WORKER, VITRINE_WORKER_REDIS_URL="redis://127.0.0.1:1") == 1
    with valkey() as nobody_there:
        assert healthy(WORKER, VITRINE_WORKER_REDIS_URL=nobody_there) == 1


def test_a_worker_counts_what_it_has_computed_since_its_start(service):
    _, url, _ = service
    pattern = re.compile(r"^vitrine_worker_(batches|images)_total\{.*\} (\S+)$", re.M)
    before = dict(pattern.findall(metrics(url)))
    assert set(before) <= {"batches", "images"}

    ask(url, "/predict", "one-more").raise_for_status()

    wait_until(
        lambda: (
            float(dict(pattern.findall(metrics(url))).get("images", 0))
            > float(before.get("images", 0))
        ),
        "it is counted",
    )
    seconds = re.search(
        r"^vitrine_worker_request_seconds_total\{.*\} (\S+)$", metrics(url), re.M
    )
    assert 0 < float(seconds.group(1)) < time.monotonic()
