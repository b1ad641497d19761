# `make` alone prints the targets below. Nothing has to be installed by hand but Python 3.11 or later, or uv.

.DEFAULT_GOAL := help
SHELL := /bin/sh
.PHONY: help set-up paper test check verify bench faults watch notebooks lint clean

# uv where it is installed; else one that pip puts into .cache/uv, once, whatever a person told pip about users and folders.
UV := $(shell command -v uv 2>/dev/null)
ifeq ($(UV),)
UV := .cache/uv/bin/uv
UV_BY_PIP := .cache/uv/bin/uv
endif
RUN := $(UV) run --no-sync
# Python keeps what it compiled, even where the machine says otherwise: each start would compile a thousand files again.
unexport PYTHONDONTWRITEBYTECODE
# A person's own Python: modules that would be found first, start-up files, another environment.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONOPTIMIZE PYTHONWARNINGS VIRTUAL_ENV UV_PROJECT_ENVIRONMENT

help: ## Print this list
	@echo "make TARGET, where TARGET is one of:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

paper: set-up ## Build the paper: _output/report.html and _output/report.pdf
	@$(RUN) paper build

test: paper ## Build, then run every test and every check
	@$(RUN) pytest -n auto --dist loadfile

check: paper lint ## Build, then test the rendered paper, the code's style and its types
	@$(RUN) paper check

verify: set-up ## Prove that two clean builds give the same bytes, and the committed ones
	@$(RUN) paper verify

bench: set-up ## Measure the build and the statistics, and write docs/performance.md
	@$(RUN) python -m benchmarks

faults: set-up ## Kill the build at many random moments and see that it repairs itself
	@$(RUN) pytest -m faults -s tests/publish/build/test_faults.py

watch: set-up ## Build on every save and show the page in the browser
	@$(RUN) paper watch

notebooks: set-up ## Open the notebooks in Jupyter Lab; nothing is written but what you save
	@$(RUN) --with "jupyterlab>=4" jupyter lab analysis

lint: set-up
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy

# An environment holds the paths of the folder in which it was made: in a copy it would run and test the original.
set-up: $(UV_BY_PIP)
	@if [ -d .venv ] && ! grep -qsF "$$(pwd -P)/.venv/" .venv/bin/paper; then \
		echo "This folder was copied or moved: making .venv anew."; rm -rf .venv; fi
	@$(UV) sync --locked --quiet

.cache/uv/bin/uv:
	@echo "uv is not installed: putting one into .cache/uv with pip."
	@python3 -m venv .cache/pip
	@PIP_USER=0 .cache/pip/bin/python -m pip install --quiet --disable-pip-version-check --no-user --upgrade --target .cache/uv "uv>=0.5"

clean: ## Remove outputs and everything that a build remembers; the committed figures stay
	rm -rf _output .cache/build.json .cache/built .cache/kept .cache/notebooks .cache/staging
