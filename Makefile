# `make help` lists the targets; `make trust` and `make audit` are described in docs/trust.md. Everything is installed in
# .venv; nothing outside this folder changes.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
UV_VERSION := $(shell sed -n '/^name = "uv"$$/{n;s/version = "\(.*\)"/\1/p;}' uv.lock)
# What checks every other hash is itself installed by its hash.
UV_HASHES := $(shell sed -n '/^name = "uv"$$/,/^$$/s/.*hash = "\([^"]*\)".*/--hash=\1/p' uv.lock)

# The environment in .venv is the one that counts, whatever else is active or set on this machine.
unexport VIRTUAL_ENV PYTHONPATH PYTHONDONTWRITEBYTECODE
export UV_COMPILE_BYTECODE := 1
export UV_PROJECT_ENVIRONMENT := .venv
export JUPYTER_PREFER_ENV_PATH := 1
# DVC keeps hashes by path in this folder, and not in one of the machine.
export DVC_SITE_CACHE_DIR := $(CURDIR)/.dvc/tmp/site
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Tests run in the order of tests/conftest.py, a file at a time.
PYTEST := pytest --numprocesses auto --dist loadfile --no-loadscope-reorder
# Notebooks are committed without outputs: git passes them through this command (see .gitattributes), and takes none when
# that fails.
STRIP := $(BIN)/nbstripout --extra-keys "metadata.papermill metadata.language_info.version cell.metadata.papermill cell.metadata.execution"

.PHONY: help setup report pdf test lab check lint lock clean audit trust

help: ## List these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: .venv/installed ## Install exactly what uv.lock says in .venv

.venv/installed: uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Name another one: make PYTHON=/path/to/python3 setup")'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@uv --version >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --requirement <(echo uv==$(UV_VERSION) $(UV_HASHES))
	@uv sync --locked --quiet
	@! git rev-parse --git-dir >/dev/null 2>&1 || { git config filter.nbstripout.clean '$(STRIP)'; \
	  git config filter.nbstripout.smudge cat; git config filter.nbstripout.required true; }
	@touch $@

report: setup ## Rebuild what is out of date; with STAGE=status only that stage and what it needs
	@python -m analysis build $(STAGE)

pdf: report ## Print all pages as one PDF (needs Chromium)
	@python -m analysis pdf

test: setup ## Run the whole test suite, on all processors
	@$(PYTEST)

lab: setup ## Open JupyterLab on the notebooks
	@jupyter lab notebooks

check: setup lint report test ## What CI runs: style, report, tests

lint: setup ## Check style, locks and that notebooks carry no outputs
	@uv lock --check --quiet
	@ruff check .
	@ruff format --check .
	@lint-imports
	@nbstripout --verify notebooks/*.ipynb
	@python -m analysis lock

lock: setup ## Renew uv.lock within the ranges of pyproject.toml, and what conda reads
	@uv lock --upgrade
	@uv export --quiet --frozen --all-groups --no-emit-project --no-hashes --no-annotate --output-file requirements.txt
	@python tests/trust/supply_chain.py

# Of diskcache, which DVC needs: docs/trust.md says why it does no harm here.
EXPLAINED := CVE-2025-69872

audit: setup
	@uv audit --frozen --preview --ignore-until-fixed $(EXPLAINED)

trust: setup
	@QUICKSCAN_TRUST=full $(PYTEST) tests/trust

# Under the lock of a build, as alone() takes it: the shell holds the file, and the locks themselves stay.
LOCK := $(PYTHON) -c 'import fcntl, sys; fcntl.flock(9, fcntl.LOCK_EX | int(sys.argv[1]))'

clean: ## Remove what a build makes; the raw files and .venv stay
	@mkdir -p .dvc/tmp/locks; exec 9>>.dvc/tmp/locks/build; \
	$(LOCK) 4 2>/dev/null || { echo 'waiting: a build of this project runs'; $(LOCK) 0; }; \
	echo $$$$ >.dvc/tmp/locks/build; \
	find .dvc/tmp -mindepth 1 -maxdepth 1 ! -name locks -exec rm -rf {} +; \
	rm -rf .dvc/cache .scratch logs; \
	git clean -fdXq data/processed reports
