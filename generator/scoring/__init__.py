"""The rules: from outcomes to signals, points and indexes. Pure and exact: no files, clock or wording."""

from generator.scoring.comparison import compare, compare_unit, results_before
from generator.scoring.development import developments
from generator.scoring.earlier import EarlierYears, earlier_years
from generator.scoring.index import score_report
from generator.scoring.plan import changes_since, follow_up
from generator.scoring.sealed import seal_of, unit_of_seal
from generator.scoring.shown import as_shown
