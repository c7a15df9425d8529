# The commands of this project. Each sets up what it needs in .venv, from nothing but Python 3.11 or later.
# In a fresh clone:
#   make demo    the whole chain against a small world on loopback, in front of your eyes
#   make test    the suite, on loopback too, with its ten slowest tests; make slow-test for what takes long, like the table of faults
#   make lint    everything that a machine can say about style, types, workflows, shell and the Dockerfile
#   make e2e     the image as the GitHub runner starts it (as root it installs an engine where there is none)
#   make bench | replay | faults | hostile   further acts of the sandbox: measurements, a history run by run,
#                every fault, what servers that mean no good can cost a run
#   make schema | documents        what is made from the code: the JSON Schema of manifests, the README's tables
#   make lock    the newest versions that pyproject.toml and requirements-dev.in allow, with their hashes

PYTHON ?= python3
PYTEST_ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
# A name of its own, which says what is installed: an older checkout's set-up is not taken for this one's.
READY := $(VENV)/.ready
SHELL_SCRIPTS := .ci/run .ci/engine

# What Python has compiled is kept, whatever the machine prefers: the suite starts a hundred processes.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test slow-test lint format e2e bench replay faults hostile schema documents lock clean

help:
	@sed -n 's/^#   //p' Makefile

demo replay faults hostile: $(READY)
	@$(BIN)/python -m sandbox $@ $(ARGS)

schema documents: $(READY)
	@$(BIN)/python -m tools $@ $(ARGS)

# UPDATECLI=path measures an updatecli beside us.
bench: $(READY)
	@$(BIN)/python -m sandbox bench $(if $(UPDATECLI),--updatecli $(UPDATECLI)) $(ARGS)

# More at once than there are cores, since whole runs wait for processes and servers. What takes long is a stage of its own.
test: $(READY)
	$(BIN)/python -m pytest $(AT_ONCE) -m 'not slow' --durations=10 $(PYTEST_ARGS)

slow-test: $(READY)
	$(BIN)/python -m pytest $(AT_ONCE) -m slow --durations=10 $(PYTEST_ARGS)

AT_ONCE := --numprocesses=$(shell expr $$(getconf _NPROCESSORS_ONLN) + 3) --dist=worksteal

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	[ ! -x $(BIN)/shellcheck ] || $(BIN)/shellcheck $(SHELL_SCRIPTS)
	$(BIN)/hadolint Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml trigger/action.yml trace/action.yml
	$(BIN)/zizmor --offline --quiet --config .github/zizmor.yml .github/workflows action.yml trigger/action.yml trace/action.yml

format: $(READY)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

e2e: $(READY)
	@bash .ci/engine $(ARGS)

lock: $(READY)
	$(BIN)/uv pip compile $(LOCK) pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile $(LOCK) -c requirements.txt pyproject.toml requirements-dev.in -o requirements-dev.txt

LOCK := --upgrade --universal --python-version 3.11 --generate-hashes --quiet --custom-compile-command 'make lock'

clean:
	rm -rf $(VENV) build src/*.egg-info .mypy_cache .ruff_cache .pytest_cache

$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "profile-cd needs Python 3.11 or later; \
	this is %d.%d. Say which with: make PYTHON=python3.13 …" % sys.version_info[:2])'
	@echo "Setting up $(VENV) from requirements-dev.txt: $(PACKAGES) packages (once, about half a minute)"
	@$(PYTHON) -m venv $(VENV)
	@{ $(PIP) --require-hashes -r requirements-dev.txt || touch $(VENV)/.failed; } | $(PROGRESS)
	@if [ -e $(VENV)/.failed ]; then rm $(VENV)/.failed; echo "$(VENV) is not set up: see above." >&2; exit 1; fi
	@$(PIP) --quiet --no-deps --no-build-isolation --editable .
	@touch $@
	@echo "$(VENV) is set up."

PACKAGES = $(shell grep -c '^[a-z].*==' requirements-dev.txt)
PIP = $(BIN)/python -m pip install --disable-pip-version-check
# Of all that pip says, what shows a person that it goes on.
PROGRESS = { n=0; while read -r word rest; do case $$word in \
	Collecting) n=$$((n + 1)); [ $$((n % 15)) -ne 0 ] || echo "  $$n of $(PACKAGES) downloaded";; \
	Installing) echo "  unpacking them";; esac; done; }
