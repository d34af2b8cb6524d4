"""Disclosure control: what to hide so that no reader can work out a small count.

Knows numbers and sums only, nothing of reports. `system` says what is to be published, `suppression`
chooses what to hide, `ranges` checks that choice on its own, and `solver` alone knows the solver.
"""
