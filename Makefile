# The commands of the suite; every target but `help` prepares .venv first. See `make help`.
PYTHON ?= python3
PROFILE ?= ninh-binh
PORT ?= 8080
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TOOLS := $(VENV)/.tools
MEMBERS := $(wildcard libs/*) $(wildcard services/*) suite
# Where Python is told to keep no bytecode, every process of a suite would compile all its modules again.
unexport PYTHONDONTWRITEBYTECODE
NEEDS := requirements.lock pyproject.toml $(MEMBERS:%=%/pyproject.toml) scripts/install scripts/slim

.DEFAULT_GOAL := help
.PHONY: help install tools run test deploy-test check deploy-check k8s-test bench contracts conformance demo faults attacks nightly scan clean

help: ## show this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(STAMP) ## prepare .venv with the `motcua` command in it

$(STAMP): $(NEEDS)
	@PYTHON=$(PYTHON) sh scripts/install $(MEMBERS)
	@touch $(STAMP)

tools: $(TOOLS) ## add to .venv what tests and checks need

$(TOOLS): requirements-dev.lock $(NEEDS)
	@PYTHON=$(PYTHON) DEV=1 sh scripts/install $(MEMBERS)
	@touch $(STAMP) $(TOOLS)

run: $(if $(TLS),tools,install) ## start the suite at http://127.0.0.1:8080 (PROFILE=thai-nguyen PORT=9000 SECOND_FACTOR=on TLS=on)
	@$(if $(SECOND_FACTOR),MOTCUA_SECOND_FACTOR=$(SECOND_FACTOR)) $(if $(TLS),MOTCUA_TLS=$(TLS)) $(BIN)/motcua up --profile $(PROFILE) --port $(PORT)

demo: install ## play the main job against the running suite (URL=… PROFILE=… for one in containers)
	@$(BIN)/motcua demo $(if $(URL),--url $(URL) --profile $(PROFILE))

test: tools ## run every test (NO_INSTALL=1 installs no system package)
	@sh scripts/test

deploy-test: tools ## build the images, start them by docker-compose.yml and strike them under load (NO_INSTALL=1 …)
	@sh scripts/deploy-test

check: tools ## formatting, lint, types, import contracts, sizes, contracts drift
	@sh scripts/check

deploy-check: tools ## judge image files, compose file, manifests of a cluster and alert rules without running them
	@sh scripts/tools checks
	@$(BIN)/python -m suite.check.deployment

k8s-test: tools ## let the cluster of KUBECONFIG judge the manifests (RUN=1: live on it as well, with the images on its nodes; OVERLAYS=…)
	@$(BIN)/python -m suite.check.on_cluster $(if $(RUN),--run) $(OVERLAYS)

bench: tools ## measure every speed claim against a raw limit in the same run
	@$(BIN)/python -m bench

contracts: install ## write what follows from the services: manifests, routes, import contracts, contracts/
	@$(BIN)/motcua contracts

conformance: tools ## run the tests named after requirement rows and count them
	@sh scripts/conformance

faults: tools ## kill, stop and repeat under load, three seeds
	@sh scripts/faults

attacks: tools ## strike a running suite as strangers, citizens and officers would
	@$(BIN)/python -m pytest tests/attacks -m attack

nightly: tools ## property tests with ten thousand examples, and a day of a ward in both ways of running
	@HYPOTHESIS_PROFILE=nightly $(BIN)/python -m pytest libs/regulation -q
	@$(BIN)/python -m pytest tests/browser -m "browser and slow"

scan: tools ## look every library up among known weaknesses (SBOM=… ADVISORIES=folder); red when that was not possible
	@$(BIN)/python -m suite.check.scan $(if $(SBOM),--sbom $(SBOM)) $(if $(ADVISORIES),--advisories $(ADVISORIES)) $(if $(SOURCE),--source $(SOURCE))

clean: ## remove the environment and caches (data stays)
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
