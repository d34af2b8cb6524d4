"""Parts of a year: how they are written, and when they begin and end."""

from __future__ import annotations

import pytest

from generator.model.periods import Period, parse_part


@pytest.mark.parametrize(
    ("written", "dates", "said"),
    [
        ("halvår 1", "2025-01-01 2025-06-30", "halvår 1 2025"),
        ("delår 2 2025", "2025-07-01 2025-12-31", "delår 2 2025"),
        ("Delår 2 2025, januari–augusti", "2025-01-01 2025-08-31", "delår 2 2025"),
        ("tertial 2", "2025-05-01 2025-08-31", "tertial 2 2025"),
        ("kvartal 4", "2025-10-01 2025-12-31", "kvartal 4 2025"),
        ("januari-februari 2025", "2025-01-01 2025-02-28", "januari-februari 2025"),
        ("maj", "2025-05-01 2025-05-31", "maj 2025"),
    ],
)
def test_a_part_of_a_year_is_whole_months(written: str, dates: str, said: str) -> None:
    period = Period(2025, parse_part(written))
    assert (f"{period.first_day} {period.last_day}", str(period)) == (dates, said)


@pytest.mark.parametrize(
    "written", ["tertial 4", "kvartal 0", "januari–december", "augusti–maj", "2025", "vår"]
)
def test_what_is_no_part_of_a_year_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=written):
        parse_part(written)


def test_periods_are_in_the_order_in_which_they_end_the_shorter_first() -> None:
    tertial, half = Period(2025, parse_part("tertial 3")), Period(2025, parse_part("halvår 2"))
    assert sorted([Period(2025), half, Period(2024), tertial], key=lambda period: period.order) == [
        Period(2024),
        tertial,
        half,
        Period(2025),
    ]
