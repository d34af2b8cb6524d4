"""Markdown as offices write and paste it: its syntax, and what in it does not become what it looks like."""

from generator.texts.hints import hints, sentences
from generator.texts.slips import over_limits, plain_slips, slips, written_lines
from generator.texts.syntax import (
    SCHEMES,
    attached,
    attachments_in,
    is_address,
    lines_of_blocks,
    parsed,
    pictures_in,
    render,
)
