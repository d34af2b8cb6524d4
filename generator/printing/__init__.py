"""HTML to PDF."""

from generator.printing.pdf import write_pdf

__all__ = ["write_pdf"]
