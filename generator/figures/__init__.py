"""Figures by name: what an author writes in a text, a control total or at the prompt, to an exact figure.

”1.2.1”, ”Vännäs: index poäng”, ”kvinnor av avslut”: the handbook lists the forms. Nothing is rounded or
written out here.
"""

from generator.figures.lookup import Figures, UnknownFigureError, names_of
