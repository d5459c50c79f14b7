# Everything local lives in .venv (programs) and var (data). `make` alone lists what there is.
# PYTHON=/path/to/python chooses the interpreter; ARGS="..." reaches the command behind test, demo, bench and fuzz.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.geinstalleerd
FINGERPRINT = { pwd; cat requirements.lock pyproject.toml | cksum; }
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
# The service is six processes and a test run starts hundreds: without bytecode each compiles everything again.
unexport PYTHONDONTWRITEBYTECODE
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help setup venv install up demo test check bench fuzz survive requirements reference lock clean

help:
	@echo 'make up            de hele dienst op deze machine, als demo, tot Ctrl-C'
	@echo 'make test          alle tests (ARGS="-k termijn" kiest)'
	@echo 'make demo          speelt de hoofdtaak na, zonder mens'
	@echo 'make check         stijl, typen, lagen en migraties'
	@echo 'make bench         metingen, naar var/bench.json'
	@echo 'make fuzz          tien minuten willekeurige invoer'
	@echo 'make survive       overleven op schaal'
	@echo 'make requirements  welke eis door welke test bewezen is, naar docs/requirements.md'
	@echo 'make reference     de sleutels van een regeling, naar tenants/SLEUTELS.md en tenants/regeling.schema.json'
	@echo 'make setup         alleen de omgeving in .venv'
	@echo 'make lock          maakt requirements.lock opnieuw'
	@echo 'make clean         verwijdert .venv, var en wat gemaakt is'

# Nothing to do, and no time lost, when .venv was made here, from this lock file, and still runs.
setup:
	@if [ "$$(cat $(STAMP) 2>/dev/null)" != "$$($(FINGERPRINT))" ] || ! $(BIN)/python -c '' 2>/dev/null; then \
	  $(MAKE) venv && $(MAKE) install; \
	fi

venv:
	@if [ -z "$(PYTHON)" ] && [ "$$(head -n 1 $(STAMP) 2>/dev/null)" = "$$(pwd)" ] && $(BIN)/python -c '' 2>/dev/null; \
	  then exit 0; fi; \
	fits='import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))'; found=; \
	for python in $(if $(PYTHON),'$(PYTHON)',python3.12 python3.11 python3); do \
	  if $$python -c "$$fits" 2>/dev/null; then \
	    found="$${found:-$$python}"; \
	    if $$python -c 'import ensurepip, venv' 2>/dev/null; then found=$$python; complete=1; break; fi; \
	  fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo 'Python 3.11 of 3.12 is nodig en niet gevonden; installeer python3 of geef PYTHON=/pad/naar/python.' >&2; exit 1; \
	fi; \
	if [ -z "$$complete" ]; then \
	  echo "$$found mist ensurepip; installeer python3-venv (Debian: apt install python3-venv) en probeer het opnieuw." >&2; \
	  exit 1; \
	fi; \
	echo "Omgeving maken in $(VENV) met $$($$found --version)."; \
	$$found -m venv --clear $(VENV)

# The lock file is complete, so pip resolves nothing: an older pip can't match a hash with a requirement that has an extra.
install:
	@echo 'Pakketten installeren volgens requirements.lock; dat duurt de eerste keer een minuut of wat.'
	@rm -f $(STAMP)
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock \
	  && $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . \
	  && $(BIN)/python -m compileall -q src workers migrations \
	  || { echo 'Installeren lukte niet; zie de melding hierboven. Hiervoor is internet nodig.' >&2; exit 1; }
	@$(FINGERPRINT) > $(STAMP)

up: setup
	@exec $(BIN)/maatwerk up --met-ouder

demo: setup
	@exec $(BIN)/maatwerk demo $(ARGS)

# Two workers, each with engines of its own; a file stays with one, for what its tests share. ARGS="-n 0" takes none.
# The order is that of tests/conftest.py: xdist would put files of few tests last, and those take longest.
test: setup
	@exec $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict src workers migrations
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/isolation/test_catalogue.py tests/features/test_platform_migrations.py

bench: setup
	@exec $(BIN)/python -m benchmarks $(ARGS)

fuzz: setup
	@MAATWERK_FUZZ_SECONDS=600 exec $(BIN)/python -m pytest tests/fuzzing $(ARGS)

survive: setup
	@MAATWERK_SURVIVE=scale exec $(BIN)/python -m pytest tests/survival $(ARGS)

requirements: setup
	@exec $(BIN)/python -m tests.requirements

reference: setup
	@$(BIN)/maatwerk scheme reference > tenants/SLEUTELS.md
	@$(BIN)/maatwerk scheme reference --json-schema > tenants/regeling.schema.json

# The lock file holds every package of pyproject.toml with its extras, by hash, for Python 3.11 and 3.12. uv resolves
# it, in an environment of its own that is thrown away; nothing else in this project uses uv.
lock: setup
	@rm -rf var/lock-tool && $(BIN)/python -m venv var/lock-tool && var/lock-tool/bin/pip install --quiet uv
	@var/lock-tool/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --extra local --extra dev --upgrade pyproject.toml -o requirements.lock
	@rm -rf var/lock-tool
	@echo 'requirements.lock is bijgewerkt; draai nu: make test'

clean:
	@if [ -e var/lock ] && ! flock --nonblock var/lock true; then \
	  echo 'De demo draait nog op var; stop eerst make up.' >&2; exit 1; \
	fi
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
