# One command is what CI runs: make check. ARGS goes to pytest: make test ARGS="-k deadline -x"
PYTHON := .venv/bin/python
SERVICES := python3 scripts/services.py run --
PARALLEL := $(if $(filter -n% --numprocesses% -p,$(ARGS)),,-n 2 --dist worksteal)
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup setup-test run test crawl lint check bench lock format messages clean

help: ## Say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## Make this checkout ready to run (quick when nothing changed)
	@python3 scripts/setup.py

setup-test: ## The same, and what the suite needs
	@python3 scripts/setup.py --test

run: ## Start site, worker and scheduler with every jurisdiction and demo sign-ins
	@python3 scripts/run.py

test: setup-test ## Run the suite on a PostgreSQL and a Redis of its own
	@DJANGO_SETTINGS_MODULE=config.settings.test $(SERVICES) $(PYTHON) scripts/migrated.py $(PYTHON) -m pytest $(PARALLEL) $(ARGS)

crawl: setup-test ## Look at every page for every role, language, width and theme (SCREENSHOTS=1 keeps pictures in var/screenshots)
	@CRAWL=whole DJANGO_SETTINGS_MODULE=config.settings.test LOG_LEVEL=ERROR $(SERVICES) $(PYTHON) scripts/migrated.py $(PYTHON) -m pytest $(PARALLEL) tests/e2e/test_crawl.py tests/e2e/test_crawl_elsewhere.py tests/e2e/test_crawl_input.py $(ARGS)

lint: setup-test ## Format, style, types, layers, templates, migrations, translations, locks
	@$(PYTHON) scripts/lint.py

check: lint test ## What CI runs

bench: setup-test ## Measure
	@DJANGO_SETTINGS_MODULE=config.settings.test $(SERVICES) $(PYTHON) -m bench $(ARGS)

lock: setup ## Resolve requirements and page packages anew
	@for name in base dev; do .uv/bin/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url \
		--no-header --python-version 3.11 requirements/$$name.in -o requirements/$$name.txt || exit 1; done
	@.venv/bin/npm update --package-lock-only --loglevel=error

format: setup ## Format Python
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

messages: setup ## Collect sentences into locale/, then compile them
	@$(PYTHON) scripts/messages.py
	@python3 scripts/setup.py

clean: ## Remove what was made here, the embedded database too
	@rm -rf .venv .uv node_modules static/build var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
