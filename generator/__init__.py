"""Bokslut: from a folder of files to a published social account (socialt bokslut)."""

import atexit
import gc
import os

# To look for plugins takes time, and none is wanted.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# Nearly all that is made is kept. To look for what is not took a tenth of the time: it waits for some 50 MB.
gc.set_threshold(500_000)
# Python looks for it once more before it ends, which took another tenth.
atexit.register(gc.freeze)
