"""HTML to PDF, for the screen and for the printing works."""

from generator.model.places import ToldError

try:
    from generator.printing.pdf import Printed, write_pdf
    from generator.printing.press import in_inks, profile_of
except OSError as error:  # as WeasyPrint is imported
    raise ToldError(
        "Pango saknas på datorn, så pdf:en går inte att göra. Installera det, eller bygg webbplatsen utan:"
        " bokslut bygg --utan-pdf"
    ) from error
