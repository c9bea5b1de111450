"""`make audit` looks at every pin, and what it cannot look up is a failure."""

import os
import re
import subprocess
import sys

from tests.deploy.dockerfiles import ROOT

[AUDIT] = re.findall(r"^\t\$\(BIN\)/pip-audit (.*)$", (ROOT / "Makefile").read_text(), re.M)
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
NOBODY = "http://127.0.0.1:1"


def audit(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run pip-audit with the options of the Makefile, on locks of ours."""
    options = [word for word in AUDIT.split() if word.startswith("--")]
    return subprocess.run(
        [sys.executable, "-m", "pip_audit", *options, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_audit_reads_every_lock_and_all_that_this_machine_would_install_of_it():
    assert "$(wildcard requirements/*.lock)" in AUDIT
    read = [word for lock in LOCKS for word in ("-r", str(lock))]

    ended = audit("--dry-run", *read)

    assert ended.returncode == 0, ended.stderr
    [count] = re.findall(r"would have audited (\d+) packages", ended.stderr)
    pinned = {
        name
        for lock in LOCKS
        for name in re.findall(r"^([a-z0-9][\w.-]*)==[^;]*$", lock.read_text(), re.M)
    }
    assert int(count) >= len(pinned)


def test_an_audit_that_cannot_reach_what_is_known_fails(tmp_path):
    away = {name: NOBODY for name in ("HTTPS_PROXY", "https_proxy")} | {"NO_PROXY": ""}

    ended = audit("-r", "requirements/tracing.lock", "--cache-dir", str(tmp_path), **away)

    assert ended.returncode != 0
    assert "ProxyError" in ended.stderr
