"""Files that are made when they are wanted: a build wants all of them, the preview what somebody looks at."""

from collections.abc import Callable, Iterable, Iterator

Maker = Callable[[], bytes | str]
Makers = Iterable[tuple[str, Maker]]  # by paths in the folder of a report, or of the site


def made(makers: Makers) -> Iterator[tuple[str, bytes]]:
    """Each of them in turn."""
    return ((path, bytes_of(make)) for path, make in makers)


def bytes_of(make: Maker) -> bytes:
    data = make()
    return data.encode() if isinstance(data, str) else data
