"""Files to values: YAML, CSV and Markdown, with every problem found on the way."""

from generator.reading.report import read_report
from generator.reading.site import complete_site, open_site, read_site, report_in
