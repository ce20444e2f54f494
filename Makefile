# Deux commandes suffisent : « make run » et « make test ». « make help » dit les autres.

PORT ?= 8000
comma := ,
VENV := .venv
BIN := $(VENV)/bin
# --no-compile: 31 s in place of 44 for the core; Python compiles what it runs.
PIP_INSTALL := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet install --no-compile
PYTEST := $(BIN)/pytest
ASSETS := ui/static/build/manifest.json

MAKEFLAGS += --no-builtin-rules --no-print-directory
# Another project's modules must not come into this one's environment. Nor a wish to keep no bytecode, which images of
# containers set: each start would compile 1,300 modules again, in seconds.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help run dev test test-slow test-all lint format screenshots lighthouse pins clean

help: ## Dit ce que fait chaque commande
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run $(ASSETS) ## Ouvre le portail avec le catalogue de démonstration (PORT=8000)
	@exec $(BIN)/maillage serve --port $(PORT) --demo

dev: $(VENV)/.dev $(ASSETS) ## La même chose, relancée à chaque changement du code
	@exec $(BIN)/maillage serve --port $(PORT) --demo --reload

# Two workers: 8,200 tests in 17 min 33 on two cores; no test relies on the order or on another.
test: $(VENV)/.dev $(ASSETS) ## Vérifie tout, sauf les tests longs
	@$(BIN)/python -m tests.prepare
	@$(MAKE) lint
	@$(PYTEST) -n 2 -m "not slow"

test-slow: $(VENV)/.dev $(ASSETS) ## Les tests longs seulement (installe torch, 6 Go sur le disque)
	@$(MAKE) $(VENV)/.torch || echo "torch n'a pas pu être installé : ses tests seront sautés, ou en échec où CI=true."
	@$(PYTEST) -n 2 --dist loadfile -m slow

test-all: test test-slow ## Vérifie tout

lint: $(VENV)/.dev ## Relit le code : style, types, sens des imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

lighthouse: $(VENV)/.dev $(ASSETS) ## Note les pages comme un téléphone lent les voit (SITE=http://… pour un autre site)
	@$(BIN)/python -m tests.load.lighthouse $(SITE)

screenshots: $(VENV)/.dev $(ASSETS) ## Photographie les pages, et refait la planche du README
	@$(BIN)/python -m tests.screenshots

format: $(VENV)/.dev ## Met le code en forme
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# --no-emit-index-url: no registry's host is ever committed. Needs uv, which only this target does.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header
pins: ## Fige les bibliothèques de pyproject.toml dans requirements*.txt (demande uv)
	@$(COMPILE) $(UPGRADE) pyproject.toml --output-file requirements.txt
	@$(COMPILE) $(UPGRADE) pyproject.toml --extra dev --extra postgres -c requirements.txt --output-file requirements-dev.txt
	@$(COMPILE) $(UPGRADE) pyproject.toml --extra sentence-transformers -c requirements-dev.txt --output-file requirements-sentence-transformers.txt
	@$(COMPILE) $(UPGRADE) --group pyproject.toml:assets --output-file requirements-assets.txt

clean: ## Efface l'environnement et les caches ; vos données restent
	@rm -rf $(VENV) ui/static/build ui/assets/node_modules build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find indexer crawlers search_api ui tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.run: requirements.txt pyproject.toml $(VENV)/.made
	@echo "Installation des bibliothèques, une fois pour toutes…"
	@$(PIP_INSTALL) -r requirements.txt
	@$(PIP_INSTALL) --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml $(VENV)/.made
	@echo "Installation des bibliothèques et des outils, une fois pour toutes…"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@$(PIP_INSTALL) --no-deps --editable .
	@touch $@

# Pins as constraints, not as a list: where a build of torch without CUDA is already installed, none of CUDA comes.
$(VENV)/.torch: requirements-sentence-transformers.txt pyproject.toml $(VENV)/.dev
	@echo "Installation de sentence-transformers et de torch, une fois pour toutes (3 Go à télécharger)…"
	@$(PIP_INSTALL) --retries 5 --constraint requirements-sentence-transformers.txt --editable '.[sentence-transformers]'
	@touch $@

# Optional: pages are whole without it, and the next call tries again. The environment comes first, in any order.
$(ASSETS): $(wildcard ui/assets/*.json ui/assets/*.mjs ui/assets/src/* ui/assets/src/*/*) ui/build_assets.py | $(VENV)/.made
	@$(BIN)/python -m ui.build_assets --optional

# The first Python that is recent enough and has the modules $(1): a name on the PATH may be a shim that does not start.
find_python = for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c 'import sys, $(1); sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$name; break; }; done

$(VENV)/.made:
	@python=$$($(call find_python,venv$(comma) ensurepip)); \
	if [ -z "$$python" ]; then \
	  if [ -n "$$($(call find_python,os))" ]; then \
	    echo "Python est là, mais sans de quoi faire un environnement. Installez-le : apt-get install python3-venv" >&2; \
	  else \
	    echo "Python 3.11 ou plus récent est introuvable. Sur Debian : apt-get install python3 python3-venv" >&2; \
	  fi; exit 1; \
	fi; \
	echo "Environnement : $(VENV) ($$($$python --version))"; \
	$$python -m venv --clear $(VENV)
	@touch $@
