"""Templates as Jinja reads them here: unknown names are errors, and what has been compiled is kept."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType
from typing import Any, TypeVar

import jinja2
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

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


Common = tuple[dict[str, object], dict[str | None, TemplateModule]]
_COMMON = "common"
_MARKED = re.compile("[&<>\"']")


def in_common(context: dict[str, object]) -> dict[str, object]:
    """For the contexts of several pages: what their templates import is made once, and sees only this."""
    context[_COMMON] = context, {}
    return context


class _Context(Context):
    """Jinja would ask of all that is called whether it wants the context. Nothing does here."""

    def call(self, called: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return called(*given, **named)


def _escaped(value: Any) -> str:
    """As `escape`. Most of what is written is sound as it is, and Jinja would make a new `Markup` of each."""
    is_sound = type(value) is Markup or (type(value) is str and not _MARKED.search(value))
    return value if is_sound else escape(value)


class _Template(jinja2.Template):
    """One that is imported sees what pages have in common, if that is said, and else the page."""

    @classmethod
    def from_code(
        cls, environment: Any, code: CodeType, globals: Any, uptodate: Any = None
    ) -> jinja2.Template:
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__["escape"] = _escaped
        return made

    def make_module(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Any = None
    ) -> TemplateModule:
        common: Common | None = (vars or {}).get(_COMMON)
        if common is None:
            return super().make_module(vars, shared, locals)
        context, modules = common
        if self.name not in modules:
            modules[self.name] = super().make_module(context)
        return modules[self.name]


def environment(kind: type[Kind], folders: Sequence[Path]) -> Kind:
    """Templates from the first folder that has them."""
    made = kind(
        loader=jinja2.FileSystemLoader(folders),
        bytecode_cache=_Compiled(kind.__name__),
        autoescape=jinja2.select_autoescape(("html", "svg", "xml")),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
    )
    made.template_class, made.context_class = _Template, _Context
    return made
