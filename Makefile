# Two commands are enough: `make demo` and `make test`. Each sets up what it needs in .venv; nothing else is touched.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast check lint types architecture docs bench bench-short browser train lock clean

help:  ## say what there is to do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

# A stamp file a requirements set: pip runs again only where the pinned versions changed.
$(VENV)/.base: requirements/build.txt requirements/base.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.base requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.test requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.bench: $(VENV)/.test requirements/bench.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

demo: $(VENV)/.base  ## set up and check the built-in, invented case; writes pactwatch-demo/report.html
	$(BIN)/pactwatch demo

test: $(VENV)/.test  ## set up and run the tests
	$(BIN)/python -m pytest

test-fast: $(VENV)/.test  ## the tests that take no more than a few seconds each
	$(BIN)/python -m pytest -m "not slow"

check: lint types architecture test-fast  ## what to run before a commit

lint: $(VENV)/.dev  ## style
	$(BIN)/ruff check src tests bench examples training
	$(BIN)/ruff format --check src tests bench examples training

types: $(VENV)/.dev  ## types, strictly
	$(BIN)/mypy

architecture: $(VENV)/.dev  ## who may import whom
	$(BIN)/lint-imports

docs: $(VENV)/.dev  ## build the documentation into docs/_build
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

browser: $(VENV)/.dev  ## the browser's tests; needs a Chromium: apt-get install chromium, or CHROMIUM=/path/to/it
	$(BIN)/python -m pytest -m browser tests

bench: $(VENV)/.bench  ## quality and speed beside the named peers; needs the measuring data (SHARED=…)
	$(BIN)/python bench/claims.py $(SHARED)/gold/dev.jsonl
	$(BIN)/python bench/times.py --claims $(SHARED)/gold/dev.jsonl --wikiwars $(SHARED)/bench/time --batch $(SHARED)/bench/time --speed $(SHARED)/bench/time
	$(BIN)/python bench/agreement.py $(SHARED)/varana
	$(BIN)/python bench/corroborate.py $(SHARED)/varana

bench-short: $(VENV)/.test  ## what CI holds: the benchmarks with floors under their quality, never under their speed
	$(BIN)/python bench/claims.py $(SHARED)/gold/dev.jsonl --floor found=.625 kind=.47 kind+act=.315 usable=.10
	$(BIN)/python bench/agreement.py $(SHARED)/varana --floor recall@3=.90 --floor precision@1=.85 --floor abstains=.80 --floor all_four=.75

TRAIN := .venv-train/bin/python
$(TRAIN): requirements/train.in $(VENV)/.base
	$(PYTHON) -m venv .venv-train
	$(TRAIN) -m pip install --quiet --disable-pip-version-check -r requirements/base.txt
	$(TRAIN) -m pip install --quiet --disable-pip-version-check -r requirements/build.txt -r requirements/train.in
	$(TRAIN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .

BUILT := training/build
GOLD := $(SHARED)/gold
train: $(TRAIN)  ## train the reader anew (about an hour and a half on two cores; installs PyTorch into .venv-train; needs SHARED)
	mkdir -p $(BUILT)
	$(TRAIN) training/standoff.py on training/annotations/*.jsonl --out $(BUILT)/real.jsonl \
	  --texts $(addprefix $(SHARED)/corpus/,passages.jsonl releases_syria_iraq.jsonl un_general_debate.jsonl white_house.jsonl)
	$(TRAIN) training/prepare.py $(BUILT)/prepared.pickle $(GOLD)/train.jsonl training/documents/*.jsonl $(BUILT)/real.jsonl \
	  --scorer $(GOLD)/score.py
	$(TRAIN) training/fit.py $(BUILT)/prepared.pickle --out $(BUILT)/first.pt --epochs 7 --stop 5
	$(TRAIN) training/fit.py $(BUILT)/prepared.pickle --start $(BUILT)/first.pt --out $(BUILT)/trained.pt --epochs 2 --stop 1 --rate 0.5
	$(TRAIN) training/export.py $(BUILT)/trained.pt --out src/pactwatch/data/reader
	$(TRAIN) training/calibrate.py $(GOLD)/train.jsonl $(BUILT)/real.jsonl --scorer $(GOLD)/score.py \
	  --model src/pactwatch/data/reader

lock: ## write the pinned versions with their hashes anew (needs uv)
	for set in build base test dev bench; do \
	  uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate \
	    --quiet requirements/$$set.in -o requirements/$$set.txt; done

clean:  ## remove what the other targets made
	rm -rf $(VENV) .venv-train training/build build dist docs/_build pactwatch-demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
