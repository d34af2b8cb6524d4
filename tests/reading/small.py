"""A report of a few lines, written for a test."""

from __future__ import annotations

from pathlib import Path

from generator.build import check
from generator.model.outcome import Outcome

SITE = "organisation: Prov\nframsida: r\nkontakt:\n  e-post: a@b.se\n"
SETTINGS = "titel: Prov\når: 2021\npublicerad: 2022-03-25\ntema: umea\nröjandekontroll: av\n"
ASSOCIATION = "förbund:\n  id: forbundet\n  namn: Förbundet\n"
GOAL = "områden:\n  - {id: 1, namn: Område, mål: [{id: 1.1, text: Mål, indikatorer: %s}]}\n"


def small_report(
    content: Path, *indicators: str, settings: str = ASSOCIATION, budget: str = "", **tables: str
) -> Path:
    """Writes content with one report, whose indicators are written as in braces; returns its folder."""
    report = content / "r"
    (report / "utfall").mkdir(parents=True)
    (content / "webbplats.yaml").write_text(SITE, "utf-8")
    (report / "bokslut.yaml").write_text(SETTINGS + settings, "utf-8")
    listed = ", ".join(
        f"{{id: 1.1.{number}, text: Prov, {indicator}}}" for number, indicator in enumerate(indicators, 1)
    )
    (report / "budget.yaml").write_text(budget + GOAL % f"[{listed}]", "utf-8")
    for name, text in tables.items():
        (report / f"utfall/{name}.csv").write_text(text, "utf-8")
    return content


def outcomes(content: Path) -> list[Outcome]:
    """Those of its association."""
    (report,) = check(content).reports
    return [result.outcome for result in report.association.results]
