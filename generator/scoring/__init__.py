"""The rules: from outcomes to signals, points and indexes. Pure and exact: no files, clock or wording."""

from generator.scoring.index import score_report

__all__ = ["score_report"]
