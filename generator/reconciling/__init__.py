"""Everything that must add up, recomputed and compared; and whether everything has its place.

Pure: from a scored report to identities and problems. What must hold is declared with the data: a row says
what it is the sum of, a table of amounts likewise. Nothing here knows one organisation's rows.
"""

from generator.reconciling.completeness import completeness_problems
from generator.reconciling.identities import reconcile

__all__ = ["completeness_problems", "reconcile"]
