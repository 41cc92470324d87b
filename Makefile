# Everything that people and CI run; `make help` says what there is. Works with GNU make, Python 3.11+ and git alone.
.DEFAULT_GOAL := help
.PHONY: help site test check generate bench figures format clean

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
DEV_STAMP := .venv/.installed-dev
DEMO := build/demo
PORT ?= 8000
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Where the environment keeps Python from writing compiled modules, each command would compile them anew: half a second.
COMPILE := $(BIN)/python -m compileall -q plugins
# Two workers suit the smallest machines that CI gives away; `make test WORKERS=8` on a larger one.
WORKERS ?= 2

FORGE := .github plugins/muniment/starter/.github

# A gate: its name, its command, and what mends it. Nobody should have to look up how to please a gate.
define gate
@printf '\n--- %s\n' '$(1)'
@$(2) || { printf '\n%s: not passed. To mend it: %s\n' '$(1)' '$(3)' >&2; exit 1; }
endef

help: ## List the targets, a sentence each
	@printf 'Usage: make TARGET\n\n'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2./p' $(MAKEFILE_LIST) | expand -t 12

$(STAMP): pyproject.toml
	@printf 'Making a virtual environment in .venv (a minute or two, once) ...\n'
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { printf 'Python 3.11 or newer is needed; name one with `make PYTHON=python3.12 ...`.\n' >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(PIP) install --editable '.[search]' || $(PIP) install --editable .
	@$(COMPILE)
	@touch $@

$(DEV_STAMP): pyproject.toml
	@printf 'Making a virtual environment for development in .venv (a few minutes, once) ...\n'
	@$(PYTHON) -m venv .venv
	@$(PIP) install --editable '.[dev]'
	@$(COMPILE)
	@touch $@ $(STAMP)

site: $(STAMP) ## Check the records, replay the demonstration company's history and build its site into site/
	$(BIN)/muniment check
	@rm -rf $(DEMO)
	$(BIN)/muniment init $(DEMO) --demo
	cd $(DEMO) && $(CURDIR)/$(BIN)/muniment audit
	cd $(DEMO) && $(CURDIR)/$(BIN)/muniment build --out $(CURDIR)/site
	cd $(DEMO) && $(CURDIR)/$(BIN)/muniment scan $(CURDIR)/site
	@printf '\nThe site is in site/. To open it:\n'
	@printf '  python3 -m http.server -d site $(PORT)\n'
	@printf '  then http://localhost:$(PORT)/ (Chinese) or http://localhost:$(PORT)/en/ (English)\n'
	@printf 'Its files are in $(CURDIR)/site/, for any web server; the registry, with its Git history, in $(DEMO)/.\n'

test: $(DEV_STAMP) ## Run the tests
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

check: $(DEV_STAMP) ## Run all that CI runs, quickest first
	$(call gate,lint,$(BIN)/ruff check,make format; what is left needs a hand)
	$(call gate,format,$(BIN)/ruff format --check,make format)
	$(call gate,layers,$(BIN)/lint-imports --no-logo,import downwards only; the layers are in pyproject.toml under tool.importlinter)
	$(call gate,architecture page,$(BIN)/python scripts/architecture.py --check,make generate)
	$(call gate,command-line page,$(BIN)/python scripts/command_line.py --check,make generate)
	$(call gate,code owners,$(BIN)/python scripts/codeowners.py --check,make generate)
	$(call gate,translations,$(BIN)/python scripts/translate.py --check,make generate; then translate what is new in the .po file)
	$(call gate,demonstration,$(BIN)/python scripts/demo.py --check,make generate)
	$(call gate,records,$(BIN)/muniment check,do what the help of each finding says)
	$(call gate,types,$(BIN)/mypy,follow what mypy says)
	$(call gate,workflows,$(BIN)/zizmor --offline --no-progress --quiet $(FORGE),follow the links that zizmor prints)
	$(call gate,schema of workflows,$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(FORGE:=/workflows/*.yml),follow what it says of each file)
	@printf '\n--- tests (the last gate)\n'
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

bench: $(DEV_STAMP) ## Measure builds against MkDocs and Material, and the audit against git, into build/bench.md
	@$(BIN)/python scripts/bench.py

figures: $(DEV_STAMP) ## Measure in a browser how heavy and how quick the pages of site/ are, into build/figures.md
	@$(BIN)/python scripts/figures.py site

generate: $(DEV_STAMP) ## Bring everything up to date that is made from something else
	$(BIN)/python scripts/demo.py --write
	$(BIN)/python scripts/codeowners.py
	$(BIN)/python scripts/translate.py
	$(BIN)/python scripts/command_line.py
	$(BIN)/python scripts/architecture.py

format: $(DEV_STAMP) ## Format the code and mend what the linter can mend by itself
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

clean: ## Remove what was built; the virtual environment stays
	rm -rf build dist site
