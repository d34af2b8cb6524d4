"""Disclosure control: what to hide so that no reader can work out a small count.

`outcomes` says what readers will know of a report. The rest knows numbers and sums only: `suppression`
chooses what to hide, `ranges` checks that choice on its own, and `solver` alone knows the solver.
"""
