# The commands of the suite; every target but `help` prepares .venv first. See `make help`.
PYTHON ?= python3
PROFILE ?= ninh-binh
PORT ?= 8080
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
MEMBERS := $(wildcard libs/*) $(wildcard services/*) suite

.DEFAULT_GOAL := help
.PHONY: help install run test check bench contracts conformance demo faults browser nightly assets clean

help: ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(STAMP) ## prepare .venv with the `motcua` command in it

$(STAMP): requirements.lock pyproject.toml $(wildcard libs/*/pyproject.toml services/*/pyproject.toml) suite/pyproject.toml scripts/install
	@PYTHON=$(PYTHON) sh scripts/install $(MEMBERS)
	@touch $(STAMP)

run: install ## start the suite at http://127.0.0.1:8080 (PROFILE=thai-nguyen PORT=9000)
	@$(BIN)/motcua up --profile $(PROFILE) --port $(PORT)

demo: install ## play the main job against the running suite
	@$(BIN)/motcua demo

test: install ## run every test
	@sh scripts/test

check: install ## formatting, lint, types, import contracts, sizes, contracts drift
	@sh scripts/check

bench: install ## measure every speed claim against a raw limit in the same run
	@$(BIN)/python -m bench

contracts: install ## write OpenAPI and AsyncAPI under contracts/
	@$(BIN)/motcua contracts

conformance: install ## run the tests named after requirement rows and count them
	@sh scripts/conformance

faults: install ## kill, stop and repeat under load, three seeds
	@sh scripts/faults

nightly: install ## property tests with ten thousand examples
	@HYPOTHESIS_PROFILE=nightly $(BIN)/python -m pytest libs/regulation -q

clean: ## remove the environment and caches (data stays)
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
