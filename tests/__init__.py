"""Tests, which may be run by several processes and start many: what they load is compiled once."""

import os
import sys

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
