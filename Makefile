# Two commands on a fresh machine with Python 3.11 or newer: `make gallery` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The constraints hold for build requirements too, which only the environment variable reaches.
PIP := PIP_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet
COVERED := model,source,analysis,lint,views,export

.PHONY: gallery test check accept docs bench clean help

help:  ## Say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 12

gallery: $(VENV)/installed  ## Check every journey and draw it into exports/
	$(BIN)/blueprint check journeys
	$(BIN)/blueprint build journeys
	@echo "Open exports/index.html."

test: $(VENV)/developing  ## Run the whole suite and the quality gates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --cov --cov-report=
	$(BIN)/python -m coverage report --skip-covered
	$(BIN)/python tests/covered.py 90 $(COVERED)
	$(BIN)/blueprint check journeys
	$(BIN)/blueprint fmt --check journeys
	$(BIN)/blueprint build --check journeys

accept: $(VENV)/developing  ## Take the present output as the expected one (then read the diff)
	$(BIN)/python -m pytest --accept

docs: $(VENV)/installed  ## Write the generated reference in docs/
	$(BIN)/blueprint rules --format markdown -o docs/rules.md
	$(BIN)/blueprint rules --format pages -o docs/rules
	$(BIN)/blueprint schema -o docs/schema.json
	$(BIN)/python docs/frameworks.py
	$(BIN)/python docs/engines.py
	$(BIN)/python -m blueprint.config.reference > docs/configuration.md

bench: $(VENV)/developing  ## Measure, and write benchmarks/results.md
	$(BIN)/python -m benchmarks

# Graphviz comes as a wheel for most machines; where there is none, the flow view does without.
$(VENV)/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --only-binary=pygraphviz -e '.[graphviz]' || $(PIP) -e .
	@touch $@

$(VENV)/developing: $(VENV)/installed
	$(PIP) -e '.[dev]'
	@touch $@

clean:  ## Remove what these commands made, exports/ excepted
	rm -rf $(VENV) dist build .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
