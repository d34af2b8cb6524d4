"""Files that are made when they are wanted: a build wants all of them, the preview what somebody looks at."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")
Maker = Callable[[], bytes | str]
Makers = Iterable[tuple[str, Maker]]  # by paths in the folder of a report, or of the site


def made(makers: Makers) -> Iterator[tuple[str, bytes]]:
    """Each of them in turn."""
    return ((path, bytes_of(make)) for path, make in makers)


def bytes_of(make: Maker) -> bytes:
    data = make()
    return data.encode() if isinstance(data, str) else data


class Keep(Protocol):
    """What was made before of the same files, and of what is `beside` them, or else what is made now.

    `source` names the files as `fingerprints` does, "" where there are none. What is beside them is the same
    when it is equal, whatever cells its places are in.
    """

    def __call__(self, what: str, source: str, beside: object, make: Callable[[], T]) -> T: ...


def made_anew(what: str, source: str, beside: object, make: Callable[[], T]) -> T:  # noqa: ARG001 - as `Keep`
    """Keeps nothing."""
    return make()
