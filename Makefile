PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: all setup lint types test search samples reference site wheel bench clean

all: lint types test

$(BIN)/confparse: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

setup: $(BIN)/confparse

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

test: setup
	$(BIN)/python -m pytest

# Tries other random examples of the properties than the suite does.
search: setup
	$(BIN)/python -m pytest --hypothesis-profile=search tests/test_properties.py tests/test_compare.py

# Writes the expected records of the samples anew: read the difference line by line before you commit it.
samples: setup
	for d in samples/*; do $(BIN)/confparse $$d/raw.txt -o $$d/expected.yaml; done

# Writes the reference pages, schemas and man pages anew, from the program.
reference: setup
	$(BIN)/python docs/generate.py

# Builds the documentation site into build/site, in an environment of its own.
site:
	$(PYTHON) -m venv build/docs-env
	build/docs-env/bin/python -m pip install --quiet --requirement docs/requirements.txt
	NO_MKDOCS_2_WARNING=1 build/docs-env/bin/mkdocs build --strict --quiet

# Builds the wheel and runs it in an environment that holds nothing else.
wheel: setup
	rm -rf dist build/wheel-env
	$(BIN)/python -m build --quiet --wheel
	$(PYTHON) -m venv build/wheel-env
	build/wheel-env/bin/python -m pip install --quiet dist/*.whl
	build/wheel-env/bin/confparse samples/workshop-zh-double/raw.txt | cmp - samples/workshop-zh-double/expected.yaml

# Speed as ratios in one run; CORPUS=folder adds real dumps, BENCH=--quick keeps it short, BENCH=--peers compares other tools.
bench: setup
	$(BIN)/python benchmarks/bench.py $(BENCH) $(CORPUS)

clean:
	rm -rf $(VENV) build dist src/*.egg-info
