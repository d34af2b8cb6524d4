"""Files for hosts, search engines and those who follow new reports."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

# Names of files stay the same when their content changes, so all but fonts are asked for each time.
_FRESH, _LASTING = "no-cache", "public, max-age=31536000"
_ROBOTS, _HIDDEN = "X-Robots-Tag", "noindex, nofollow"


@dataclass(frozen=True)
class FeedEntry:
    address: str  # relative to the site
    title: str
    summary: str
    published: str  # "2022-03-25"


def sitemap(base_url: str, pages: Iterable[str]) -> str:
    """The addresses of all pages, for search engines."""
    urls = "\n".join(f"  <url><loc>{escape(base_url + page)}</loc></url>" for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{urls}\n</urlset>\n"
    )


def robots(base_url: str, *, is_public: bool = True) -> str:
    """All may read what is public. A sitemap needs a full address, so it is named only when that is known."""
    if not is_public:
        return "User-agent: *\nDisallow: /\n"
    where = f"Sitemap: {base_url}sitemap.xml\n" if base_url else ""
    return f"User-agent: *\nAllow: /\n{where}"


def feed(base_url: str, address: str, organisation: str, entries: Sequence[FeedEntry]) -> str:
    """The reports as an Atom feed that lies at an `address` on the site, the latest first."""
    updated = max(entry.published for entry in entries)
    listed = "".join(
        f"  <entry>\n    <title>{escape(entry.title)}</title>\n"
        f"    <id>{escape(base_url + entry.address)}</id>\n"
        f'    <link href="{escape(base_url + entry.address)}"/>\n'
        f"    <updated>{entry.published}T00:00:00Z</updated>\n"
        f"    <summary>{escape(entry.summary)}</summary>\n  </entry>\n"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="sv">\n'
        f"  <title>Bokslut från {escape(organisation)}</title>\n  <id>{escape(base_url)}</id>\n"
        f'  <link href="{escape(base_url)}"/>\n  <link rel="self" href="{escape(base_url + address)}"/>\n'
        f"  <updated>{updated}T00:00:00Z</updated>\n  <author><name>{escape(organisation)}</name></author>\n"
        f"{listed}</feed>\n"
    )


def host_files(root: str, reports: Sequence[str], drafts: Sequence[str], policy: str) -> dict[str, str]:
    """Rules for hosts by path, for a site at the path `root` of its host, "" when that is not known.

    Pages state their `policy` themselves, but for who may frame them. The folder of each of the `reports`
    has a page of its own for what is missing there. Search engines are also kept from what is no page in
    the folders of `drafts`.
    """
    headers = {
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return {
        "_headers": _netlify(root or "/", headers, drafts),
        "webbserver/htaccess": _apache(root, headers, reports, drafts),
        "webbserver/nginx.conf": _nginx(root or "/", headers, reports, drafts),
    }


def _netlify(root: str, headers: Mapping[str, str], drafts: Sequence[str]) -> str:
    rules: list[tuple[str, Mapping[str, str]]] = [
        ("*", {**headers, "Cache-Control": _FRESH}),
        *((f"{draft}/*", {_ROBOTS: _HIDDEN}) for draft in drafts),
    ]
    blocks = (f"{root}{path}\n" + _lines("  {}: {}", of_path) for path, of_path in rules)
    return "# Netlify och Cloudflare Pages läser filen där den ligger.\n" + "".join(blocks)


def _apache(root: str, headers: Mapping[str, str], reports: Sequence[str], drafts: Sequence[str]) -> str:
    rule, missing = 'Header always set {} "{}"', "ErrorDocument 404 {}404.html\n"
    hidden = _lines(rule, {_ROBOTS: _HIDDEN})
    folders = (
        (missing.format(f"{root}{report}/") if root else "") + (hidden if report in drafts else "")
        for report in reports
    )
    return (
        "# Lägg filen som .htaccess bredvid index.html. Den behöver AllowOverride FileInfo.\n"
        + (missing.format(root) if root else "")
        + _lines(rule, {**headers, "Cache-Control": _FRESH})
        + f'<FilesMatch "\\.woff2$">\n{_lines(rule, {"Cache-Control": _LASTING})}</FilesMatch>\n'
        + "".join(
            f'<If "%{{REQUEST_URI}} =~ m#/{report}/#">\n{lines}</If>\n'
            for report, lines in zip(reports, folders, strict=True)
            if lines
        )
    )


def _nginx(root: str, headers: Mapping[str, str], reports: Sequence[str], drafts: Sequence[str]) -> str:
    """A place with a header of its own loses those of the server, and so states all of them."""
    rule = 'add_header {} "{}" always;'
    hidden = _lines(rule, {**headers, _ROBOTS: _HIDDEN})
    folders = (
        f"location {root}{report}/ {{\nerror_page 404 {root}{report}/404.html;\n"
        f"{hidden if report in drafts else ''}}}\n"
        for report in reports
    )
    return (
        "# Skriv ”include …/webbserver/nginx.conf;” i webbplatsens server-block.\n"
        f"error_page 404 {root}404.html;\n{_lines(rule, headers)}"
        "expires -1;\nlocation ~ \\.woff2$ {\nexpires 365d;\n}\n" + "".join(folders)
    )


def _lines(rule: str, headers: Mapping[str, str]) -> str:
    return "".join(f"{rule.format(name, value)}\n" for name, value in headers.items())
