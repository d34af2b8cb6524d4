"""The kinds of mutations. Each changes something in a content folder, and the same for the same chance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from tests.fuzzing.mutations import (
    cells,
    columns,
    counts,
    raw_bytes,
    raw_files,
    same,
    texts,
    themes,
    workbooks,
    yaml_trees,
)

COUNTS, SAME = "counts", "same"  # of these it is known what they are to give
Mutation = Callable[[Random, Path], None]
MUTATIONS: Mapping[str, Mutation] = {
    "bytes": raw_bytes.mutate,
    "columns": columns.mutate,
    "cells": cells.mutate,
    "yaml": yaml_trees.mutate,
    "workbook": workbooks.mutate,
    "text": texts.mutate,
    "theme": themes.mutate,
    "raw": raw_files.mutate,
    COUNTS: counts.mutate,
    SAME: same.mutate,
}
