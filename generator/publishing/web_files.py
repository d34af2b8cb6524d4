"""Files for hosts, search engines and those who follow new reports, by the templates in templates/host."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.fingerprints import PROJECT
from generator.model.making import Makers

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(PROJECT) / "templates" / "host"


def host_files(root: str, reports: Sequence[str], drafts: Sequence[str], policy: str) -> Makers:
    """Rules for hosts by path, for a site at the path `root` of its host, "" when that is not known.

    Pages state their `policy` themselves, but for who may frame them. The folder of each of the `reports`
    has a page of its own for what is missing there. Search engines are also kept from what is no page in
    the folders of `drafts`. Names of files stay when their content changes, so all but fonts are asked for
    each time.
    """
    headers = {
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    rules = {"headers": headers, "fresh": "no-cache", "hidden": "noindex, nofollow"}
    site = {"root": root, "reports": reports, "drafts": drafts}
    for path in ("_headers", "webbserver/htaccess", "webbserver/nginx.conf"):
        yield path, partial(from_template, path, **rules, **site)


def from_template(template: str, **values: object) -> str:
    return _templates().get_template(template).render(values)


@cache
def _templates() -> Environment:
    from jinja2 import Environment

    from generator.templating import environment

    return environment(Environment, [_FOLDER])
