"""What is kept from one run to the next: in the user's cache, never in what is published, safe to delete.

One rule for all of it: what was kept holds if it is whole, if nobody else could have written it, and if what
it says that it was made from is the same.
"""

import hashlib
import os
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def cache_folder() -> str:
    """Raises FileNotFoundError where the user has no home."""
    folder = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if not os.path.isabs(folder):
        raise FileNotFoundError(folder)
    return os.path.join(folder, "bokslut")


def kept(name: str) -> bytes | None:
    """What was last kept by this name; None if there is nothing, or not all of it, or not by this user."""
    try:
        with open(os.path.join(cache_folder(), name), "rb") as file:
            status, data = os.fstat(file.fileno()), file.read()
    except OSError:
        return None
    is_own = status.st_uid == os.geteuid() and not status.st_mode & _BY_OTHERS
    digest, content = data[:_DIGEST], data[_DIGEST:]
    return content if is_own and hashlib.sha256(content).digest() == digest else None


def keep(name: str, content: bytes) -> None:
    """Written beside and put in place, so that several may keep it at once; not where that fails."""
    try:
        path = os.path.join(cache_folder(), name)
        beside = f"{path}.{os.urandom(8).hex()}"
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        try:
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(hashlib.sha256(content).digest() + content)
            os.replace(beside, path)
        except OSError:  # or what is left would take the last of a disk that is full
            os.unlink(beside)
    except OSError:
        pass


def remembered(name: str, made_from: Callable[[], str], make: Callable[[], T]) -> T:
    """What was made from the same before, or else what is made now. A hash of what it is made from may be "",
    when that is not known, and another after it was made, when something was saved meanwhile.
    """
    import pickle  # which takes long, and most commands do without

    hashed, before = made_from().encode(), kept(name) or b""
    if hashed and before.startswith(hashed):
        known: T = pickle.loads(before[len(hashed) :])
        return known
    made = make()
    if hashed and hashed == made_from().encode():
        keep(name, hashed + pickle.dumps(made))
    return made


_BY_OTHERS = 0o022  # may write to it
_DIGEST = hashlib.sha256().digest_size
