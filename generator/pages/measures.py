"""The words of each measure: what is measured, and what would change it."""

from typing import assert_never

from generator.model import measures
from generator.model.names import and_list, as_written, lower_first, one_of, upper_first
from generator.model.report import Report
from generator.model.sensitivity import Flip
from generator.model.settings import Unit
from generator.pages.numbers import count, number_word


def how_text(indicator: measures.Indicator, report: Report, unit: Unit) -> str:
    """In words what is measured; "" where the indicator's own text says it all."""
    match indicator:
        case measures.ShareIndicator():
            part, whole = _rows(indicator.numerator, report), _rows(indicator.denominator, report)
            return f"{upper_first(part)} som andel av {whole}."
        case measures.GenderBalanceIndicator(rows=rows) if rows is not None:
            word = "raden" if len(rows) == 1 else "raderna"
            return f"Andelen kvinnor i {word} {_rows(rows, report)}."
        case measures.GenderBalanceIndicator():
            return "Andelen kvinnor av kvinnor och män."
        case measures.GenderGapIndicator():
            return f"Skillnaden mellan kvinnors och mäns andel svar {_answers(indicator, report)}."
        case measures.AnswerShareIndicator():
            return f"Andelen svar {_answers(indicator, report)}. {_group(indicator, report)}."
        case measures.BeforeAfterIndicator():
            moved = f"Andelen vars svar är {one_of(indicator.answers)} andra gången"
            both = f"av dem som svarade båda gångerna på {_asked(indicator, report)}"
            return f"{moved}, {both} {_group(indicator, report)}."
        case measures.MeanIndicator():
            return f"Medelvärdet av svaren på {_asked(indicator, report)} {_group(indicator, report)}."
        case measures.MedianIndicator():
            return f"Det mittersta svaret på {_asked(indicator, report)} {_group(indicator, report)}."
        case measures.QuotientIndicator():
            by = _rows(indicator.denominator or (), report) if indicator.other is None else ""
            return f"{_amount(indicator.amount, report)} delat med {by or _amount(indicator.other, report)}."
        case measures.DurationIndicator():
            return f"Hur länge den mittersta i raden {_rows((indicator.row,), report)} har varit med."
        case measures.ChangeIndicator():
            place = unit.location if indicator.location == measures.OWN_PLACE else ""
            before = report.period.in_year(indicator.compared_year or report.year - 1)
            return f"Förändringen {report.period} jämfört med {before}{f' i {place}' if place else ''}."
        case measures.CompositeIndicator():
            level = f" når {indicator.level.text}" if indicator.level else " når sitt krav"
            return f"Uppfyllt när {and_list(indicator.parts)}{level}."
        case (
            measures.ValueIndicator()
            | measures.CountIndicator()
            | measures.StoriesIndicator()
            | measures.DescriptionIndicator()
            | measures.AssessmentIndicator()
            | measures.AttestedIndicator()
        ):
            return ""
        case _:
            assert_never(indicator)


def flip_text(indicator: measures.Indicator, flip: Flip, *, is_brief: bool = False) -> str:
    """What would have to differ: ”9 personer till i täljaren”, ”4 sådana svar färre”. In brief, beside what
    is counted: ”9 personer till”, ”4 svar färre”.
    """
    number, is_one = count(flip.count), flip.count == 1
    direction = "till" if flip.more else "färre"
    match indicator:
        case measures.ShareIndicator():
            where = "" if is_brief else " i täljaren"
            return f"{number} {'person' if is_one else 'personer'} {direction}{where}"
        case measures.GenderBalanceIndicator():
            words = ("kvinna", "en man") if is_one else ("kvinnor", "män")
            if not flip.more:
                words = ("man", "en kvinna") if is_one else ("män", "kvinnor")
            return f"{number} {words[0]} till i stället för {words[1]}"
        case measures.GenderGapIndicator():
            changed = "ändrat" if is_one else "ändrade"
            return f"{number} {changed} svar mot {'större' if flip.more else 'mindre'} skillnad"
        case measures.AnswerShareIndicator() if is_brief:
            return f"{number} svar {direction}"
        case measures.AnswerShareIndicator() | measures.BeforeAfterIndicator():
            return f"{number} {'sådant svar' if is_one else 'sådana svar'} {direction}"
        case measures.MeanIndicator():
            return f"{number} {'mer' if flip.more else 'mindre'} i svarens summa"
        case measures.QuotientIndicator():
            return f"{number} {'person' if is_one else 'personer'} {direction}"
        case measures.CountIndicator() | measures.StoriesIndicator() | measures.DescriptionIndicator():
            return f"{number_word(flip.count) if is_brief else number} {direction}"
        case (
            measures.ChangeIndicator()
            | measures.MedianIndicator()
            | measures.DurationIndicator()
            | measures.ValueIndicator()
            | measures.AssessmentIndicator()
            | measures.AttestedIndicator()
            | measures.CompositeIndicator()
        ):
            raise ValueError(f"nothing is counted in {indicator.measure}")
        case _:
            assert_never(indicator)


def _rows(rows: tuple[str, ...], report: Report) -> str:
    """The rows in the middle of a sentence: ”arbete, studier och extratjänst”."""
    return and_list([report.row_names[row] for row in rows])


def _asked(indicator: measures.AskedIndicator, report: Report) -> str:
    """The question with the numbers of its answers."""
    scale = report.survey.asked_scale_of(indicator.question)
    text = f"frågan ”{report.survey.text_of(indicator.question)}”"
    if scale is None or not scale.stated_numbers:
        return f"{text}."
    pairs = zip(scale.answers, scale.numbers.values(), strict=True)
    return f"{text}, där {and_list(f'{answer} är {number}' for answer, number in pairs)}."


def _amount(amount: measures.AmountOf | None, report: Report) -> str:
    """”Kostnad per insats, utfall”"""
    tables = {table.id: table.title for table in report.settings.tables}
    assert amount is not None
    named = (as_written(name) for name in (amount.row, amount.column) if name)
    return ", ".join([f"”{tables.get(amount.table, '')}”", *named])


def _answers(indicator: measures.AnswerIndicator, report: Report) -> str:
    survey, id = report.survey, indicator.question
    several = ", där flera svar fick väljas" if survey.has_several(id) else ""
    return f"{one_of(indicator.answers)} på frågan ”{survey.text_of(id)}”{several}"


def _group(indicator: measures.AskedIndicator, report: Report) -> str:
    group = report.survey.group(indicator.group)
    return f"Svarsgrupp: {lower_first(group.name if group else '')}"
