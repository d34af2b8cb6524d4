"""Files for hosts, search engines and those who follow new reports, by the templates in templates/host."""

from collections.abc import Iterable, Sequence
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment

from generator.fingerprints import PROJECT
from generator.model.frozen import Frozen
from generator.model.making import Makers
from generator.templating import environment

_FOLDER = Path(PROJECT) / "templates" / "host"


class FeedEntry(Frozen):
    address: str  # relative to the site
    title: str
    summary: str
    published: str  # "2022-03-25"


def sitemap(base_url: str, pages: Iterable[str]) -> str:
    """The addresses of all pages, for search engines."""
    return from_template("sitemap.xml", base_url=base_url, pages=pages)


def robots(base_url: str, *, is_public: bool = True) -> str:
    return from_template("robots.txt", base_url=base_url, is_public=is_public)


def feed(base_url: str, address: str, organisation: str, entries: Sequence[FeedEntry]) -> str:
    """The reports as an Atom feed that lies at an `address` on the site, the latest first."""
    named = {"organisation": organisation, "entries": entries}
    return from_template("atom.xml", base_url=base_url, address=address, **named)


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
    templates = {
        "_headers": "headers.txt",
        "webbserver/htaccess": "htaccess.txt",
        "webbserver/nginx.conf": "nginx.conf",
    }
    for path, template in templates.items():
        yield path, partial(from_template, template, **rules, **site)


def from_template(template: str, **values: object) -> str:
    return _templates().get_template(template).render(values)


@cache
def _templates() -> Environment:
    return environment(Environment, [_FOLDER])
