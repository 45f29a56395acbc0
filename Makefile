# Two commands do all the set-up: `make demo` shows the whole, `make test` checks it.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
MINUTES ?= 5
# Compiled once and kept: some images forbid it, and every process then compiles Django.
unexport PYTHONDONTWRITEBYTECODE
# Where tests stand that ask the newsroom's database; `both` marks those that are asked of
# either kind: by Django's own means, what holds on one holds on the other.
ASKING := tests/newsroom tests/mirrors tests/press tests/server

.PHONY: all demo install test lint types script unit template reading judging printing earlydesks \
	latedesks samples offline databases desktables presstables browser earlyjourneys latejourneys vectors lab tools bench \
	fuzz pictures requirements clean

all: test

demo: install ## A newsroom, its press and three verified mirrors
	@$(BIN)/tamizdat demo --dir demo/$$(date -u +%Y%m%dT%H%M%SZ)

install: .venv/installed ## A working .venv/bin/tamizdat, nothing else

.venv/installed: requirements/install requirements/run.txt requirements/build.txt pyproject.toml
	@PYTHON='$(PYTHON)' sh requirements/install run
	@touch $@

.venv/benched: requirements/install requirements/bench.txt .venv/installed
	@PYTHON='$(PYTHON)' sh requirements/install bench
	@touch $@

.venv/tested: requirements/install requirements/test.txt requirements/build.txt pyproject.toml
	@PYTHON='$(PYTHON)' sh requirements/install test
	@touch $@ .venv/installed

tools: .venv/tested ## What the tests need, Debian's Chromium and fonts included
	@sh requirements/debian

test: tools lint types script unit samples offline databases browser ## Every check

lint: .venv/tested ## Style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/tested ## Types
	$(BIN)/mypy

node_modules/.package-lock.json: .venv/tested package.json package-lock.json .npmrc requirements/vendor
	@sh requirements/node npm ci
	@sh requirements/vendor
	@touch $@

script: node_modules/.package-lock.json ## Scripts: types in their comments, then what they promise
	sh requirements/node tests/strip/types.mjs
	sh requirements/node --test tests/*/*.test.mjs

# The tests that take every branch of the verifier; those of a parser's fuzzing are not
# among them: what chance reaches today it may miss tomorrow. Of the edition and the mirrors
# those that some branch needs: to count branches costs half as much again.
BELIEVING := changes_page compare fields files log note pack packed packed_words proof_files reading releases tree trust verify witness
SEEING := behind contradictions differences finding limits logbook monitor probe progress silent_edits silent_edits_beside silent_edits_packed
JUDGING := $(BELIEVING:%=tests/edition/test_%.py) tests/spec tests/witness tests/press/test_rounds.py \
	$(SEEING:%=tests/mirrors/test_%.py)

vectors: node_modules/.package-lock.json ## Every vector in Python, Node, Chromium and Firefox, where installed
	PYTHONPATH=src:tests $(BIN)/python tests/reader/implementations.py

# `unit` goes in parts that take about as long. Three at a time on two cores: some wait for
# a clock. What asks no database begins while the newsroom's is made.
SETTING := $(filter-out $(JUDGING),$(wildcard tests/edition/test_*.py))
READING := tests/docs tests/go tests/reader tests/test_imports.py tests/wire tests/words $(SETTING)
SAMPLES := tests/fuzz tests/press/test_crash.py
OFFLINE := tests/press/test_offline.py tests/press/test_offline_reading.py
APART := $(JUDGING) $(READING) $(SAMPLES) $(OFFLINE) tests/newsroom
TESTS := $(BIN)/python -m pytest -rs -m 'not browser'

unit: .venv/tested ## Everything but what follows, and every branch of the verifier
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target \
		reading printing judging earlydesks latedesks

template: .venv/tested
	@PYTHONPATH=src:tests $(BIN)/python -m template

reading: .venv/tested
	$(TESTS) $(READING)

judging: template
	$(TESTS) --cov --cov-report=term $(JUDGING)

printing: template
	$(TESTS) $(APART:%=--ignore=%)

earlydesks: template
	$(TESTS) tests/newsroom/test_[a-l]*.py

latedesks: template
	$(TESTS) tests/newsroom/test_[!a-l]*.py

samples: template ## Crashes at every step, and a sample of each parser's fuzzing
	$(TESTS) $(SAMPLES)

offline: .venv/tested ## Files to carry along
	$(TESTS) $(OFFLINE)

databases: .venv/tested ## What each kind of database does in a way of its own, on PostgreSQL
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target desktables presstables

desktables: .venv/tested
	TESTS_ON=postgresql $(BIN)/python -m pytest -rs -m both tests/newsroom

presstables: .venv/tested
	TESTS_ON=postgresql $(BIN)/python -m pytest -rs -m both $(ASKING:tests/newsroom=)

# Two at a time: most of a journey waits for a page, for the press or for a clock.
BROWSING := $(BIN)/python -m pytest -rs -m browser

browser: .venv/tested node_modules/.package-lock.json ## Promises to a reader and an editor, in a real browser
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target earlyjourneys latejourneys

earlyjourneys: template
	$(BROWSING) tests/journeys/test_[a-o]*.py tests/journeys/test_pa*.py

latejourneys: template
	$(BROWSING) tests/reader tests/journeys/test_p[!a]*.py tests/journeys/test_[!a-p]*.py

lab: .venv/tested ## What is too dear for every day, and searches by chance that go further
	TESTS_PATIENCE=long $(BIN)/python -m pytest -rs -m lab
	TESTS_PATIENCE=long $(BIN)/python -m pytest -rs -m 'not lab' \
		$$(grep -rlE --include='test_*.py' '^from (hypothesis|patience)' tests)
	TESTS_ON=postgresql TESTS_PATIENCE=long $(BIN)/python -m pytest -rs $$(grep -rl --include='*.py' 'mark.both' $(ASKING))

bench: .venv/benched ## Our parts beside their peers, as ratios (bench/README.md)
	$(BIN)/python -m bench $(BENCH)

.venv/fuzzed: .venv/tested requirements/fuzz.txt
	@PYTHON='$(PYTHON)' sh requirements/install fuzz && touch $@ || \
		echo "atheris does not install here: the search goes by chance"

fuzz: .venv/fuzzed ## Search for bytes that break a parser, for MINUTES=5 in all
	@PYTHONPATH=tests $(BIN)/python -m fuzz.run --minutes $(MINUTES)

pictures: tools ## The pictures of the documentation, from a running demo
	$(BIN)/python docs/pictures/take.py
	PYTHONPATH=src:tests $(BIN)/python docs/pictures/gallery.py

requirements: ## Pin every dependency again, with hashes
	sh requirements/compile

clean: ## Remove what was made here
	rm -rf .venv node_modules demo .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
