"""HTML to PDF, for the screen and for the printing works."""

from generator.printing.pdf import Printed, write_pdf
from generator.printing.press import in_inks, profile_of

__all__ = ["Printed", "in_inks", "profile_of", "write_pdf"]
