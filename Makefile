# Thin aliases: everything is done by scripts/bootstrap.py, which a machine without make calls itself.
PYTHON ?= python3
BOOTSTRAP = $(PYTHON) scripts/bootstrap.py

.PHONY: help run test setup develop check bench faults texts browser clean

help:     ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /make \1	/p' Makefile

run:      ## set up everything, load the academy of May 2020, serve on http://127.0.0.1:8000/ (ARGS="--port 8001")
	@$(BOOTSTRAP) run $(ARGS)

test:     ## every check and the whole suite, on SQLite and on PostgreSQL (ARGS="tests/people")
	@$(BOOTSTRAP) test $(ARGS)

setup:    ## install what running needs into .venv and build the front end
	@$(BOOTSTRAP) setup

develop:  ## the same with the tools of the tests
	@$(BOOTSTRAP) develop

check:    ## only the checks that take seconds: ruff, mypy, the order of the areas
	@$(BOOTSTRAP) check

bench:    ## the benchmarks, each beside its control
	@$(BOOTSTRAP) bench $(ARGS)

faults:   ## what breaks, broken on purpose: the long version of tests/faults, half an hour
	@$(BOOTSTRAP) faults $(ARGS)

texts:    ## bring the translations of the pages up to date (docs/translating.md)
	@$(BOOTSTRAP) texts

browser:  ## install Debian's chromium where no browser is found
	@$(PYTHON) scripts/install_browser.py

clean:    ## remove what was installed and built; the data in var/ stays
	rm -rf .venv .cache node_modules static/dist build *.egg-info academy/translations/*/*/*.mo
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
