"""What is kept from one run to the next: in the user's cache, never in what is published, safe to delete.

One rule for all of it: what was kept holds if it is whole, and if what it says that it was made from is
still the same. The first is asked here, the second by whoever kept it.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path


def cache_folder() -> Path:
    """Raises RuntimeError where the user has no home."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bokslut"


def kept(name: str) -> bytes | None:
    """What was last kept by this name; None if there is nothing, or not all of it."""
    with suppress(OSError, RuntimeError):
        data = (cache_folder() / name).read_bytes()
        digest, content = data[:_DIGEST], data[_DIGEST:]
        return content if hashlib.sha256(content).digest() == digest else None
    return None


def keep(name: str, content: bytes) -> None:
    """Written beside and put in place, so that several may keep it at once; not where that fails."""
    with suppress(OSError, RuntimeError):
        path = cache_folder() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(hashlib.sha256(content).digest() + content)
        Path(file.name).replace(path)


_DIGEST = hashlib.sha256().digest_size
