"""Templates as Jinja reads them here: unknown names are errors, and what has been compiled is kept."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import jinja2
from jinja2.bccache import Bucket

from generator.caching import keep, kept

Kind = TypeVar("Kind", bound=jinja2.Environment)


class _Compiled(jinja2.BytecodeCache):
    """Templates as last compiled, with the hash of their source: Jinja asks whether it is the same."""

    def __init__(self, kind: str) -> None:
        self._folder = f"mallar-{jinja2.__version__}-{kind}"

    def load_bytecode(self, bucket: Bucket) -> None:
        code = kept(f"{self._folder}/{bucket.key}")
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        keep(f"{self._folder}/{bucket.key}", bucket.bytecode_to_string())


def environment(kind: type[Kind], folders: Sequence[Path]) -> Kind:
    """Templates from the first folder that has them."""
    return kind(
        loader=jinja2.FileSystemLoader(folders),
        bytecode_cache=_Compiled(kind.__name__),
        autoescape=jinja2.select_autoescape(("html", "svg", "xml")),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
