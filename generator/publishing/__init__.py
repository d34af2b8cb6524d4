"""What is written where: open data, manifest, and an output folder that is swapped in whole."""

from generator.publishing.folder import Output, OutputError
from generator.publishing.last_build import LastBuild
from generator.publishing.opendata import data_files, data_tables, result
from generator.publishing.web_files import from_template, host_files
