# Sets Vidne up in .venv, from the locks in requirements/, and runs what you ask for.
PYTHON ?= python3
BIN := .venv/bin
COMPILE := uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --python-version 3.11 --quiet

.PHONY: run test lint lock transcripts wheel clean

run: .venv/ready-run   ## set Vidne up and open it
	$(BIN)/vidne

test: .venv/ready-dev   ## set everything up and pass the tests
	$(BIN)/ruff check assistant tests
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

transcripts: .venv/ready-dev   ## record the conversations in transcripts/ again
	$(BIN)/python -m tests.transcripts

wheel: .venv/ready-dev   ## build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

lock:   ## resolve the dependencies again (needs uv)
	$(COMPILE) --group build -o requirements/run.txt
	$(COMPILE) --group build --group dev -o requirements/dev.txt

clean:
	rm -rf .venv dist

.venv/ready-%: requirements/%.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$*.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
