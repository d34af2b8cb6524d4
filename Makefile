.DEFAULT_GOAL := help
.PHONY: help ny site serve test fuzz lint lock audit sbom locale schema clean

# scripts/setup says nothing and changes nothing once everything is in place.

help:
	@echo 'make ny      börjar på ett första bokslut, i mappen mitt'
	@echo 'make site    bygger webbplatsen och PDF-filerna i mappen output'
	@echo 'make serve   visar webbplatsen i webbläsaren och uppdaterar den medan du skriver'
	@echo 'make test    kör testerna'
	@echo 'make fuzz    prövar programmet med tusentals fall, också skadat innehåll'
	@echo 'make lint    granskar programkoden'
	@echo 'make lock    låser nya versioner av de Python-paket som programmet använder'
	@echo 'make audit   letar efter kända brister i paketen'
	@echo 'make sbom    skriver bokslut.cdx.json: paketen med versioner och hashar (CycloneDX)'
	@echo 'make locale  kompilerar de svenska översättningarna av programmets meddelanden'
	@echo 'make schema  skriver om de scheman som redigeringsprogram kontrollerar YAML-filerna med'
	@echo 'make clean   tar bort det som har byggts, men inte innehållet'

ny:
	@scripts/setup
	@.venv/bin/bokslut ny --exempel --innehåll mitt

site:
	@scripts/setup
	@.venv/bin/bokslut bygg

serve:
	@scripts/setup
	@.venv/bin/bokslut visa

test:
	@scripts/setup dev
	@.venv/bin/pytest

fuzz:
	@scripts/setup dev
	@.venv/bin/pytest --hypothesis-profile=fuzz
	@.venv/bin/python -m tests.fuzzing --antal 5000

lint:
	@scripts/setup dev
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@PATH=.venv/bin:$$PATH shellcheck scripts/setup .ci/run

# The build backend is locked too, so that an installation needs nothing but the lock files.
lock: export UV_CUSTOM_COMPILE_COMMAND = make lock
lock: compile = .venv/bin/uv pip compile --quiet --no-config --universal --generate-hashes --upgrade
lock:
	@scripts/setup dev
	@.venv/bin/python -c 'import pathlib, tomllib; \
		project = tomllib.loads(pathlib.Path("pyproject.toml").read_text("utf-8")); \
		print(*project["build-system"]["requires"], sep="\n")' \
		| $(compile) pyproject.toml - -o requirements.lock
	@$(compile) pyproject.toml --extra dev requirements.lock -o requirements-dev.lock

# Tools that are needed now and then are fetched when they are.
audit sbom: tool = .venv/bin/uv tool run --quiet --no-config
audit:
	@scripts/setup dev
	@$(tool) pip-audit==2.10.1 --requirement requirements.lock --disable-pip --progress-spinner off

sbom:
	@scripts/setup dev
	@PYTHONWARNINGS=ignore $(tool) --from cyclonedx-bom==7.5.0 cyclonedx-py requirements requirements.lock \
		--pyproject pyproject.toml --mc-type application --output-reproducible --output-file bokslut.cdx.json

locale:
	@scripts/setup
	@.venv/bin/pybabel --quiet compile -d generator/locale

schema:
	@scripts/setup
	@.venv/bin/python scripts/schemas.py

# What a killed build left beside its folder is put right by the next one, which may be under way.
clean:
	@rm -rf output/* granskning bokslut.cdx.json .*_cache .hypothesis
	@find generator tests -name __pycache__ -prune -exec rm -rf {} +
