# Two commands do everything on a fresh machine: `make site` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
export PYTHONUTF8 := 1
export PYTHONPATH := $(CURDIR)/src
# Prepared data and executed chapters, for all checkouts of a user.
export DLCOURSE_CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/dlcourse
export TFDS_DATA_DIR ?= $(DLCOURSE_CACHE)/tfds
# `make site STORE=address` takes executed chapters from there; `STORE=` from nowhere.
ifeq ($(origin STORE),command line)
export DLCOURSE_STORE := $(STORE)
endif

.PHONY: help ready site serve pdf pack test test-all coverage links weights lock clean
.DEFAULT_GOAL := help

help:           ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/'
	@echo "Executed chapters and data are kept in $(DLCOURSE_CACHE), for all checkouts."
	@echo "make site STORE=address takes executed chapters from a published site; STORE= from none."

ready:          ## .venv, node_modules and MNIST, as the locks say
	@"$(PYTHON)" tools/make_ready.py

site: ready     ## build the executed site into book/_build/html
	@"$(BIN)/python" tools/make_site.py

serve: ready    ## the site on localhost, rebuilt and reloaded when a file is saved
	@"$(BIN)/python" tools/serve_and_rebuild.py

test: ready     ## everything that guards a change
	@"$(BIN)/python" tools/check.py

test-all: ready ## the same, and the slow matrix that runs once a week
	@"$(BIN)/python" tools/check.py --all

pdf: site       ## print the whole book into book/_build/html/course.pdf (needs Chromium)
	@"$(BIN)/python" tools/print_book.py

pack: pdf       ## site, slides, notebooks, wheel, PDF and sources as one archive in dist
	@"$(BIN)/python" tools/pack_offline.py

coverage: ready ## which lines and branches of the package its own tests do not reach
	@"$(BIN)/python" -m pytest -q tests/package -n 2 --dist loadfile \
	  --cov=dlcourse --cov-report=term-missing:skip-covered

links: ready    ## follow every link that leaves the site
	@"$(BIN)/python" -m sphinx -q -b linkcheck -d book/_build/.doctrees-links book book/_build/links

weights: ready  ## train the networks that come with the package (an hour or two on two cores)
	@"$(BIN)/python" tools/train_weights.py

lock: ready     ## resolve requirements.lock anew from pyproject.toml
	@"$(BIN)/uv" pip compile pyproject.toml --universal --python-version 3.11 --upgrade \
	  --extra tensorflow --group site --group test --generate-hashes \
	  --no-emit-index-url --no-header --quiet -o requirements.lock >/dev/null
	@echo "make lock: requirements.lock is new."

clean:          ## remove the built site
	rm -rf book/_build
	@echo "Left for the next build: executed chapters and data in $(DLCOURSE_CACHE)."
