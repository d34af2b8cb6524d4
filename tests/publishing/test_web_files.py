"""Files for hosts and search engines."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import yaml

from generator.fingerprints import OUTPUT
from tests.support import CENTRE, PROJECT, append, edit, html_files, publish, soup

BASE = "https://socialtbokslut.example/"


def listed(sitemap: Path) -> list[str]:
    return [str(element.text) for element in ET.parse(sitemap).iter() if element.tag.endswith("loc")]


def test_the_sitemap_lists_the_start_page_and_all_pages_of_the_report(web_site: Path) -> None:
    pages = {path.relative_to(web_site).as_posix() for path in html_files(web_site)}
    expected = {BASE + page for page in pages if page != "index.html" and "404" not in page} | {BASE}
    addresses = listed(web_site / "sitemap.xml")
    assert set(addresses) == expected
    assert len(addresses) == len(expected)


def test_every_page_names_its_own_address(web_site: Path) -> None:
    for path in html_files(web_site):
        page = path.relative_to(web_site).as_posix()
        if "404" not in page:
            (link,) = soup(path).find_all("link", rel="canonical")
            assert link["href"] == BASE + page.removesuffix("index.html" if page == "index.html" else "\0")


def test_the_sitemap_is_named_for_search_engines(web_site: Path) -> None:
    text = (web_site / "robots.txt").read_text("utf-8")
    assert f"Sitemap: {BASE}sitemap.xml" in text
    assert "Disallow" not in text


def test_without_an_address_there_is_no_sitemap_and_no_canonical(centre: Path, tmp_path: Path) -> None:
    site = publish(centre.parent, tmp_path / "output").folder
    assert not (site / "sitemap.xml").exists()
    assert "Sitemap" not in (site / "robots.txt").read_text("utf-8")
    assert not [path for path in html_files(site) if "canonical" in path.read_text("utf-8")]


def test_the_page_for_what_is_missing_leads_on_from_the_base_address(centre: Path, tmp_path: Path) -> None:
    append(centre.parent / "webbplats.yaml", "basadress: https://prov.example/under/\n")
    site = publish(centre.parent, tmp_path / "output").folder
    for page in (site / "404.html", site / CENTRE / "404.html"):
        leads = [str(tag["href"]) for tag in soup(page).find_all("a")]
        leads = [address for address in leads if not address.startswith(("#", "mailto:"))]
        base = "https://prov.example/under/"
        assert leads and all(address.startswith(base) for address in leads)
        assert all((site / address.removeprefix(base).partition("#")[0]).exists() for address in leads)
        loads = [str(tag.get("href") or tag.get("src")) for tag in soup(page).find_all(["link", "script"])]
        assert loads and all((page.parent / address).exists() for address in loads)


def test_a_slash_after_the_address_does_not_matter(centre: Path, tmp_path: Path) -> None:
    settings = centre.parent / "webbplats.yaml"
    append(settings, f"basadress: {BASE}\n")
    with_slash = publish(centre.parent, tmp_path / "with").folder
    edit(settings, BASE, BASE.removesuffix("/"))
    without = publish(centre.parent, tmp_path / "without").folder
    assert listed(without / "sitemap.xml") == listed(with_slash / "sitemap.xml")


def test_the_ready_pipelines_hand_over_what_is_built() -> None:
    github, gitlab = (
        yaml.safe_load((PROJECT / f"docs/publicering/{name}.yml").read_text("utf-8"))
        for name in ("github", "gitlab")
    )
    *_, build, hand_over = github["jobs"]["bygg"]["steps"]
    assert (build["run"], hand_over["with"]["path"]) == ("make site", OUTPUT)
    assert gitlab["pages"]["script"] == ["make site", f"mv {OUTPUT} public"]
    assert gitlab["pages"]["artifacts"]["paths"] == ["public"]
