"""How to read the report: signals, index and answer scales."""

from __future__ import annotations

from generator.model.report import Report
from generator.model.results import Signal
from generator.model.settings import Rules
from generator.pages import parts, views
from generator.pages.numbers import percent, plain_number, points
from generator.pages.wording import (
    INDEX_WORDS,
    NO_SIGNAL,
    NOT_JUDGED,
    NOT_MEASURED,
    SIGNAL_WORDS,
)


def guide_part(report: Report, index: views.Index, texts: tuple[views.Text, ...]) -> parts.GuidePart:
    rules = report.rules
    return parts.GuidePart(
        texts=texts,
        signals=tuple(_signals(report)),
        index_signals=tuple(_index_signals(rules)) if report.budget.is_weighted else (),
        index=index,
        scales=tuple(_scales(report)),
    )


def _signals(report: Report) -> list[tuple[views.Signal, str]]:
    rules, is_weighted = report.rules, report.budget.is_weighted
    margin = points(rules.margin, rules.rounding)
    points_of_green = " Siffran i symbolen är poängen som indikatorn gav." if is_weighted else ""
    signals = [(Signal.GREEN, f"Utfallet når kravet.{points_of_green}")]
    if rules.signals > 2:
        signals.append(
            (
                Signal.ORANGE,
                f"Kravet är inte nått, men utfallet är högst {margin} ifrån. {_credit(rules)}",
            )
        )
        signals.append((Signal.RED, "Utfallet är längre från kravet än så."))
    else:
        signals.append((Signal.RED, "Utfallet når inte kravet."))
    told = [(views.Signal(signal, SIGNAL_WORDS[signal]), meaning) for signal, meaning in signals]
    why = "Skälet står alltid intill"
    why += ", och indikatorn räknas inte med i index." if is_weighted else "."
    if any(one.due or not one.target.is_set for one in report.budget.indicators):
        unjudged = f"Det finns ett utfall, men inget krav som det ska nå i år. {why}"
        told.append((views.Signal(NO_SIGNAL, NOT_JUDGED), unjudged))
    return [*told, (views.Signal(NO_SIGNAL, NOT_MEASURED), f"Det finns inget utfall. {why}")]


def _credit(rules: Rules) -> str:
    if rules.orange_credit == 0:
        return "Det ger inga poäng."
    return f"Det ger {percent(rules.orange_credit, rules.rounding)} av poängen."


def _index_signals(rules: Rules) -> list[tuple[views.Signal, str]]:
    target = plain_number(rules.index_target * 100)
    close = plain_number((rules.index_target - rules.index_margin) * 100)
    green = (views.Signal(Signal.GREEN, INDEX_WORDS[Signal.GREEN]), f"Index är {target} eller mer.")
    if rules.signals == 2:
        return [
            green,
            (views.Signal(Signal.RED, INDEX_WORDS[Signal.RED]), f"Index är under {target}."),
        ]
    return [
        green,
        (
            views.Signal(Signal.ORANGE, INDEX_WORDS[Signal.ORANGE]),
            f"Index är minst {close} men under {target}.",
        ),
        (views.Signal(Signal.RED, INDEX_WORDS[Signal.RED]), f"Index är under {close}."),
    ]


def _scales(report: Report) -> list[views.Scale]:
    return [
        views.Scale(
            name=scale.name,
            answers=(*scale.answers, *scale.no_answer),
            note=scale.note or "",
            questions=tuple(
                question.text for question in report.survey.questions if question.scale == scale.id
            ),
        )
        for scale in report.survey.scales
    ]
