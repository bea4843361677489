# Two commands are enough on a fresh machine: `make demo` and `make test`. Each sets up what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check

.PHONY: help demo demo-clinic test hil servers check docs benchmark fuzz labgrid clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1 \t/p' $(MAKEFILE_LIST)

demo: $(VENV)/.demo  ## take a photo on the emulator
	$(BIN)/oralcam capture --emulator --light posterior --output photo.jpg

demo-clinic: $(VENV)/.clinic  ## worklist, three presses, an archive that promises to keep them: contact-sheet.jpg
	$(BIN)/python -m tools.clinic

test: $(VENV)/.dev  ## run the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

servers: $(VENV)/.dev  ## talk to a real archive, worklist and validators (python -m tools.testbeds.servers install)
	tools/testbeds/servers/alone.sh $(BIN)/python -m pytest tests/servers

hil: $(VENV)/.dev  ## the bench suite on the emulator (BENCH=usb-vm, BENCH=FILE.toml: on another bench)
	$(BIN)/python -m pytest hil_tests --bench $(or $(BENCH),emulator)

check: $(VENV)/.dev  ## lint, format, types (of Linux, Windows, macOS), import rules, generated files, dead code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tools.platforms
	PYTHONPATH=firmware:hil_tests/rig/firmware:. $(BIN)/lint-imports --no-cache
	$(BIN)/python -m tools.generate --check
	$(BIN)/vulture
	$(BIN)/python -m tools.imports.picture --check

docs: $(VENV)/.docs  ## build the docs site: site/index.html
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

benchmark: $(VENV)/.benchmark  ## measure the budgets beside their peers
	$(BIN)/python -m tools.benchmarks

fuzz: $(VENV)/.fuzz  ## fuzz wire, core and JPEG files, a minute each
	for target in decoder jpeg messages session transfer; do $(BIN)/python -m tools.faults.fuzz $$target --seconds 60 || exit 1; done

labgrid: $(VENV)-labgrid/.made  ## labgrid's programs, for benches on other machines

clean:  ## remove everything that the other targets made
	rm -rf $(VENV) $(VENV)-labgrid photo.jpg contact-sheet.jpg clinic-photos build dist site

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: $(VENV)/bin/pip pyproject.toml host_sdk/oralcam/version.py
	$(PIP) install --editable ".[emulator]"
	@touch $@

$(VENV)/.clinic: $(VENV)/bin/pip pyproject.toml host_sdk/oralcam/version.py
	$(PIP) install --editable ".[dicom,emulator]"
	@touch $@ $(VENV)/.demo

$(VENV)/.dev: $(VENV)/bin/pip pyproject.toml host_sdk/oralcam/version.py
	$(PIP) install --editable ".[dev]"
	@touch $@ $(VENV)/.demo $(VENV)/.clinic

$(VENV)/.fuzz: $(VENV)/.dev
	$(PIP) install --editable ".[fuzz]"
	@touch $@

$(VENV)/.docs: $(VENV)/.dev
	$(PIP) install --editable ".[dev,docs]"
	@touch $@

$(VENV)/.benchmark: $(VENV)/.dev
	$(PIP) install --editable ".[dev,benchmark]"
	@touch $@

# an environment of its own: labgrid brings a fork of pyserial that would take the place of ours
$(VENV)-labgrid/.made: hil_tests/labgrid/requirements.txt
	$(PYTHON) -m venv $(VENV)-labgrid
	$(VENV)-labgrid/bin/pip --quiet --disable-pip-version-check install --requirement $<
	@touch $@
