# Everything a developer or an operator does, by name. GNU make and a POSIX shell; `make` alone lists it.

HOST := $(or $(NEGATIVE_LIST_HOST),$(HOST),127.0.0.1)
PORT := $(or $(NEGATIVE_LIST_PORT),$(PORT),8000)
WEB_CONCURRENCY := $(or $(NEGATIVE_LIST_WORKERS),$(WEB_CONCURRENCY),2)
NEGATIVE_LIST_HOST := $(HOST)
NEGATIVE_LIST_PORT := $(PORT)
NEGATIVE_LIST_WORKERS := $(WEB_CONCURRENCY)
VENV ?= .venv
IMAGE ?= negative-list
BASE ?= python:3.12-slim-bookworm
# More words for pytest: make test ARGS="-k history"
ARGS ?=
NEGATIVE_LIST_INDEX ?= $(CURDIR)/.cache/index

export HOST PORT NEGATIVE_LIST_HOST NEGATIVE_LIST_PORT NEGATIVE_LIST_WORKERS NEGATIVE_LIST_INDEX
ifdef PYTHON
export PYTHON
endif

BIN = $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help environment dev run index validate test lint format evaluate weigh learn passages readme openapi bench lock docker docker-lint clean

help: ## list what can be made
	@awk -F ': .*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\n  Settings: PYTHON, VENV, HOST, PORT, WEB_CONCURRENCY, NEGATIVE_LIST_INDEX, ARGS, IMAGE, BASE.\n'

environment: ## what the service needs, in .venv
	@sh tools/environment.sh "$(VENV)" requirements.txt

dev: ## what tests and checks need, in .venv, and a browser
	@sh tools/environment.sh "$(VENV)" requirements-dev.txt
	@sh tools/browser.sh

run: environment ## serve on HOST:PORT
	@"$(BIN)/python" tools/port.py
	@"$(BIN)/negative-list" index
	@echo "Serving on http://$(HOST):$(PORT) (stop with Ctrl-C)"
	@exec "$(BIN)/gunicorn" -c python:service.gunicorn_conf

index: environment ## build the search index, unless it is there for the same data
	@"$(BIN)/negative-list" index

validate: environment ## check the data files
	@"$(BIN)/negative-list" validate

test: dev ## run all tests; ARGS="-k name" narrows
	@"$(BIN)/python" -m pytest -n auto $(ARGS)

lint: dev ## check style and types
	@status=0; "$(BIN)/ruff" check . || status=1; "$(BIN)/mypy" || status=1; exit $$status

format: dev ## put imports in order and mend what ruff can mend
	@"$(BIN)/ruff" check --fix .

evaluate: environment ## answer the labelled cases and print how many are right
	@"$(BIN)/python" -m negative_list.evaluation tests/cases

weigh: dev ## fit the weights that tell the investor's own business from others to the labelled texts of training/
	@"$(BIN)/python" -m tools.weigh

learn: dev ## learn from the labelled texts of training/ and the cases to tune by what texts tell as a whole
	@"$(BIN)/python" -m tools.learn $(ARGS)

passages: dev ## fit the weights that tell which sentences of a long message tell the proposal to the messages of training/
	@"$(BIN)/python" -m tools.passages

readme: environment ## put the real output and the accuracy table into README.md
	@"$(BIN)/python" tools/readme.py

openapi: environment ## write docs/openapi.json and the examples beside it, as they are served
	@"$(BIN)/python" -m tools.openapi

bench: dev ## measure, and print the tables of the README
	@"$(BIN)/python" -m benchmarks

lock: ## resolve requirements*.in anew into requirements*.txt; ARGS=--upgrade takes newer versions
	@uv=uv; command -v uv >/dev/null 2>&1 || uv=.cache/uv/bin/uv; \
	if [ $$uv != uv ] && [ ! -x $$uv ]; then \
		"$${PYTHON:-python3}" -m venv .cache/uv && .cache/uv/bin/python -m pip install --quiet uv || \
		{ echo "error: uv, which resolves the lock files, could not be installed; the package index must be reachable" >&2; exit 1; }; \
	fi; \
	set -- pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url $(ARGS); \
	$$uv "$$@" -o requirements.txt requirements.in && \
	$$uv "$$@" -c requirements.txt -o requirements-dev.txt requirements-dev.in

docker: ## build the image IMAGE on BASE (docker, or podman where there is no docker)
	@engine=docker; command -v docker >/dev/null 2>&1 || engine=podman; \
	command -v $$engine >/dev/null 2>&1 || { echo "error: neither docker nor podman is installed" >&2; exit 1; }; \
	exec $$engine build --build-arg BASE="$(BASE)" -t "$(IMAGE)" .

docker-lint: dev ## check the Dockerfile
	@"$(BIN)/hadolint" Dockerfile

clean: ## remove everything that make made
	rm -rf "$(VENV)" .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
