"""Files for hosts and search engines."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape


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
