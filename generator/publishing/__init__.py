"""What is written where: open data, manifest, and an output folder that is swapped in whole."""

from generator.publishing.folder import Output, OutputError
from generator.publishing.opendata import data_files
from generator.publishing.web_files import manifest, robots, sitemap

__all__ = ["Output", "OutputError", "data_files", "manifest", "robots", "sitemap"]
