.PHONY: lock
lock:
	.venv/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --extra dev --custom-compile-command "make lock" pyproject.toml -o requirements.lock
