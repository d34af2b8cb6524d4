"""What an author can do about signals that give a hidden count away, tried and told with what then shows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.model.measures import ASSOCIATION
from generator.model.report import Report
from generator.protecting.report import protect
from generator.scoring import as_shown, score_report


def remedies(report: Report, ids: Sequence[str]) -> str:
    """What can be done about indicators whose signals give a count away, and what would then be shown."""
    told = []
    for words, changed in _without_signals(report, ids):
        scored = score_report(changed)
        (shown,), problems = protect([(scored, as_shown(scored))])
        results = [result for _, result in shown.every_result]
        signals = sum(result.signal is not None for result in results)
        outcomes = sum(result.outcome.is_measured and not result.outcome.protected for result in results)
        if not problems:
            told.append(f"{words}: då visas {signals} signal{'er' * (signals != 1)} och {outcomes} utfall. ")
    return "".join(told)


def _without_signals(report: Report, ids: Sequence[str]) -> Iterator[tuple[str, Report]]:
    """The report with fewer signals of some indicators, and what its author writes for that."""
    settings, named = report.settings, " och ".join(ids)
    least = settings.disclosure_threshold or 0
    if any(report.indicators[id].asked for id in ids) and report.rules.minimum_answers < least:
        rules = report.rules.model_copy(update={"minimum_answers": least})
        changed = settings.model_copy(update={"rules": rules})
        yield f"Skriv minsta_antal_svar: {least} under regler", replace(report, settings=changed)
    for words, update in (
        ("Skriv gäller: förbundet vid", {"scope": (ASSOCIATION,)}),
        ("Skriv utgår: … med skälet vid", {"dropped": "…", "weight": None}),
    ):
        changes = {id: report.indicators[id].model_copy(update=update) for id in ids}
        yield f"{words} {named}", replace(report, budget=report.budget.with_indicators(changes))
