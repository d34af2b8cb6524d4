"""Files for hosts and search engines."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.support import Published, edit, html_files, publish, soup

BASE = "https://socialtbokslut.example/"


def listed(sitemap: Path) -> list[str]:
    return [str(element.text) for element in ET.parse(sitemap).iter() if element.tag.endswith("loc")]


def test_the_sitemap_lists_the_start_page_and_all_pages_of_the_report(site: Published) -> None:
    pages = {path.relative_to(site.folder).as_posix() for path in html_files(site.folder)}
    expected = {BASE + page for page in pages - {"404.html", "index.html"}} | {BASE}
    addresses = listed(site.folder / "sitemap.xml")
    assert set(addresses) == expected
    assert len(addresses) == len(expected)


def test_every_page_names_its_own_address(site: Published) -> None:
    for path in html_files(site.folder):
        page = path.relative_to(site.folder).as_posix()
        if page != "404.html":
            (link,) = soup(path).find_all("link", rel="canonical")
            assert link["href"] == BASE + page.removesuffix("index.html" if page == "index.html" else "\0")


def test_the_sitemap_is_named_for_search_engines(site: Published) -> None:
    text = (site.folder / "robots.txt").read_text("utf-8")
    assert f"Sitemap: {BASE}sitemap.xml" in text
    assert "Disallow" not in text


@pytest.fixture
def without_address(content: Path, tmp_path: Path) -> Path:
    edit(content / "webbplats.yaml", "basadress: https://socialtbokslut.example/\n", "")
    return publish(content, tmp_path / "output").folder


def test_without_an_address_there_is_no_sitemap_and_no_canonical(without_address: Path) -> None:
    assert not (without_address / "sitemap.xml").exists()
    assert "Sitemap" not in (without_address / "robots.txt").read_text("utf-8")
    assert not [path for path in html_files(without_address) if "canonical" in path.read_text("utf-8")]


def test_a_slash_after_the_address_does_not_matter(content: Path, tmp_path: Path) -> None:
    with_slash = publish(content, tmp_path / "with").folder
    edit(content / "webbplats.yaml", "socialtbokslut.example/", "socialtbokslut.example")
    without = publish(content, tmp_path / "without").folder
    assert listed(without / "sitemap.xml") == listed(with_slash / "sitemap.xml")
