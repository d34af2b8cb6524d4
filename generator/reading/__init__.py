"""Files to values: YAML, CSV and Markdown, with every problem found on the way."""

from generator.reading.report import read_report
from generator.reading.site import read_site

__all__ = ["read_report", "read_site"]
