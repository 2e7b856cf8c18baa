# `make demo` opens a living example, `make test` runs every check. Both set everything up first.
PYTHON ?= python3

.PHONY: python demo test setup lock messages pictures format clean

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Essor needs Python 3.11 or newer: $(PYTHON) is older or not there (Debian: apt-get install python3 python3-pip). Where it has another name: make PYTHON=python3.12 demo" >&2; exit 1; }

demo: python  ## a living example at http://127.0.0.1:8000 (ESSOR_PORT, ESSOR_DATA)
	@$(PYTHON) tools/setup.py demo
	@exec .venv/bin/essor demo

test: setup  ## every check, on SQLite, PostgreSQL and in a browser
	@.venv/bin/python tools/check.py

setup: python  ## everything that demo and test need; leaves .venv/bin/essor
	@$(PYTHON) tools/setup.py

messages: setup  ## extract and compile the translations, say what is missing
	@.venv/bin/python tools/messages.py

pictures: setup  ## take the pictures of the guide anew, in a browser
	@.venv/bin/pytest -q tests/browser/test_guide_pictures.py --pictures docs/guide/pictures

format: setup  ## put imports and spaces in order
	@.venv/bin/ruff check --quiet --fix . ; .venv/bin/ruff format --quiet .

lock: setup  ## write requirements.lock from pyproject.toml
	@build/uv/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --extra dev --custom-compile-command "make lock" pyproject.toml -o requirements.lock

clean:  ## remove what setup built; data stay
	@rm -rf build .venv node_modules
