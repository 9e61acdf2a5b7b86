# Conclusion Tracker. `make` alone lists what can be done.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PO := $(wildcard tracker/translations/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup run test kill-test check fix translations migration bench lock wheel clean

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

%.mo: %.po | $(VENV)/.runtime
	$(BIN)/pybabel -q compile -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))

setup: $(VENV)/.dev $(MO)  ## Create .venv, install the locked dependencies and the `tracker` script

run: $(VENV)/.runtime $(MO)  ## Serve the product with demo data on an embedded SQLite
	$(BIN)/tracker db upgrade
	$(BIN)/tracker demo load
	$(BIN)/tracker run

test: setup  ## Run every test on SQLite and, where one listens, on PostgreSQL
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

RUNS ?= 200

kill-test: setup  ## Kill the program at random steps of plan, claim, send, mark: make kill-test RUNS=200
	$(BIN)/python -m tests.killing $(RUNS)

check: setup  ## Lint, format, types, import contracts, templates, translations, migrations = models
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python -m pytest -q tests/structure

fix: setup  ## Let the machine mend what it can: lint and format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

translations: setup  ## Collect the strings and bring the Vietnamese catalogue up to date
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ -k _l -k lazy_gettext --no-location \
	  --project "Conclusion Tracker" --version "" -o $(VENV)/messages.pot .
	$(BIN)/pybabel -q update -i $(VENV)/messages.pot -d tracker/translations -l vi \
	  --no-fuzzy-matching --ignore-obsolete --omit-header

migration: setup  ## Write a numbered migration for what changed in the models: make migration m="…"
	@test -n "$(m)" || { echo 'Say what it does: make migration m="let a task be withdrawn"'; exit 2; }
	$(BIN)/tracker db upgrade
	$(BIN)/tracker db revision "$(m)"
	$(BIN)/ruff format migrations

bench: setup  ## Measure ratios against a plain baseline (minutes)
	$(BIN)/python -m benchmarks

bench-extraction: setup  ## Score and time the reading of notices; writes benchmarks/extraction.md
	$(BIN)/python -m benchmarks.extraction

fuzz-extraction: setup  ## Read 10,000 mutated texts; none may raise or be slow (minutes)
	TRACKER_FUZZ=10000 $(BIN)/python -m pytest -q tests/rules/test_extraction_fuzz.py

lock: $(BIN)/python  ## Renew the lock files after a change of the dependencies (needs uv)
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url -q -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url -q -o requirements-dev.lock

wheel: setup  ## Build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-build-isolation --no-deps -w dist .

clean:  ## Remove what was built; the instance with its data stays
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
