"""Bokslut: from a folder of files to a published social account (socialt bokslut)."""

import gc
import os

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for them takes time, and none is wanted
gc.set_threshold(100_000)  # most of what is made is kept: to look for what is not takes a tenth of the time
