"""What is written where: open data, manifest, and an output folder that is swapped in whole."""

from generator.publishing.earlier import AROUND, KEYS, REPORT, Earlier, keys_text
from generator.publishing.folder import Output, OutputError
from generator.publishing.opendata import data_files
from generator.publishing.web_files import manifest, robots, sitemap

__all__ = [
    "AROUND",
    "KEYS",
    "REPORT",
    "Earlier",
    "Output",
    "OutputError",
    "data_files",
    "keys_text",
    "manifest",
    "robots",
    "sitemap",
]
