"""The preview: pages as a static host shows them, to this machine only, and what is wrong."""

from __future__ import annotations

import gc
import hashlib
import http.client
import json
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from generator.model.places import ContentError, Place, Problem, ToldError
from generator.model.report import Report
from generator.model.results import ScoredReport
from generator.model.shown import ShownReport
from generator.model.theme import Theme
from generator.pages.problems import problems_of_pages
from generator.pages.render import WebPages, environment
from generator.pages.views import Page
from generator.preview import rebuild
from generator.preview.desk import EDITOR, Desk
from generator.preview.host import Host
from generator.preview.shown import FAILED, UNDER_WAY, Shown
from generator.preview.site import Files, SiteFiles, Workshop
from generator.preview.telling import told
from generator.scoring import score_report
from tests.fuzzing.mutations import MUTATIONS
from tests.publishing.test_folder import snapshot
from tests.reading.test_definition_sheets import REPORT, report_in
from tests.reading.test_pictures import a_picture
from tests.scoring.test_earlier_years import three_years
from tests.support import CENTRE, PROJECT, answering, append, copy_of, edit, publish
from tests.workbooks import MAKERS, Rows, by_openpyxl, one_workbook

LOCAL = "2017-bruket"
SHOW = "from generator.cli import main; main()"
PAGE = b"<html><head><title>Sida</title></head><body></body></html>"
FILES = {"index.html": PAGE, "404.html": PAGE, "r/index.html": PAGE, "r/404.html": PAGE, "r/a.css": b"a{}"}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def told_lines(others: Path) -> Iterator[Iterator[str]]:
    """The lines of a preview of the content."""
    a_picture(others / LOCAL / "bilder/hus.jpeg", "JPEG")
    append(others / LOCAL / "berattelse/aret.md", "\n![Ett hus](bilder/hus.jpeg)\n")
    arguments = ("visa", "--innehåll", str(others), "--port", str(free_port()))
    command = [sys.executable, "-u", "-c", SHOW, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=PROJECT) as process:
        assert process.stdout is not None
        patience = threading.Timer(60, process.kill)
        patience.start()
        yield iter(process.stdout)
        patience.cancel()
        process.kill()


def test_a_saved_file_of_any_kind_that_is_read_builds_again(others: Path, told_lines: Iterator[str]) -> None:
    assert next(told_lines).startswith("Förhandsvisning")
    assert next(told_lines).startswith("Byggt")
    a_picture(others / LOCAL / "bilder/hus.jpeg", "JPEG", size=(20, 10))
    assert next(told_lines).startswith("Byggt")
    edit(others / LOCAL / "berattelse/aret.md", "gick", "vandrade")
    assert next(told_lines).startswith("Byggt")


@pytest.fixture
def host() -> Iterator[Host]:
    """A host that shows a few files."""
    shown = Shown()
    shown.show(FILES, [])
    with Host(0, shown, Desk(Workshop(Path("content")), shown)) as server, answering(server):
        yield server


def answer(host: Host, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", host.server_port, timeout=10)
    named = {"Connection": "close"} | {name.replace("_", "-"): value for name, value in headers.items()}
    connection.putrequest("GET", path, skip_host="Host" in named)
    for name, value in named.items():
        connection.putheader(name, value)
    connection.endheaders()
    return connection.getresponse()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/index.html", 200), ("/r/", 200), ("/r/a.css", 200), ("/r", 302),
        ("/finns-inte", 404), ("/r/finns-inte", 404), ("/%00", 404), ("/..%2f..%2fetc/passwd", 404),
        ("//[", 404), ("/.git/config", 404), ("/.forhandsvisning/host.py", 404), ("/%ff%fe", 404),
    ],
)  # fmt: skip
def test_addresses_are_answered_as_by_a_static_host(host: Host, path: str, status: int) -> None:
    found = answer(host, path)
    assert (found.status, found.headers["Cache-Control"]) == (status, "no-store")


def test_a_page_and_what_it_loads_come_by_one_connection(host: Host) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", host.server_port, timeout=10)) as connection:
        connection.request("HEAD", "/r/")
        connection.getresponse().read()
        socket = connection.sock
        connection.request("GET", "/r/a.css")
        assert connection.getresponse().read() == b"a{}"
        assert connection.sock is socket is not None


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "elak.example"},
        {"Host": "localhost"},
        {"Origin": "https://elak.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "no-cors"},
    ],
)
def test_other_sites_get_no_answer(host: Host, headers: dict[str, str]) -> None:
    assert answer(host, "/.forhandsvisning/nytt", **headers).status == 403


def test_a_link_from_elsewhere_may_lead_here(host: Host) -> None:
    assert answer(host, "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200


def test_what_is_new_is_told_at_once_and_to_whoever_comes_later(host: Host) -> None:
    def news(stream: http.client.HTTPResponse) -> tuple[int, int, int]:
        now = json.loads(stream.readline().removeprefix(b"data: "))
        stream.readline()
        return now["pages"] - first, now["styles"], len(now["problems"])

    first, stream = host.shown.now.pages, answer(host, "/.forhandsvisning/nytt")
    assert news(stream) == (0, 1, 0)
    host.shown.show({**FILES, "r/a.css": b"b{}"}, [], only_styles=True)
    assert news(stream) == (0, 2, 0)
    host.shown.tell(told([Problem(Place("x"), "fel", "Rätta.")], Path("content")))
    assert news(stream) == news(answer(host, "/.forhandsvisning/nytt")) == (0, 2, 1)


def test_what_is_missing_leads_on_here_and_not_to_the_public_site(host: Host) -> None:
    base = b'<link rel="canonical" href="https://a.example/under/">'
    lost = b'<html><head></head><a href="https://a.example/under/r/">Hem</a></html>'
    host.shown.show({**FILES, "index.html": PAGE + base, "404.html": lost}, [])
    assert b'<a href="/r/">' in answer(host, "/finns/inte").read()


def test_warnings_stay_when_the_same_is_saved_again(others: Path) -> None:
    (others / LOCAL / "bilder").mkdir(exist_ok=True)
    a_picture(others / LOCAL / "bilder/oanvand.png", "PNG")
    shown, workshop, told_each_time = Shown(), Workshop(others), list[int]()
    for _ in range(2):
        rebuild(workshop, shown, lambda problems: told_each_time.append(len(problems)), print)
    assert told_each_time[0] == told_each_time[1] > 0


def edits(content: Path, chance: random.Random) -> list[Callable[[], object]]:
    """What an author may save, in any order: texts, numbers, targets, pictures, new files, what is common."""
    report, number = content / LOCAL, chance.randrange(10, 99)
    year, target, name = report / "berattelse/aret.md", f"krav: minst {number} %", f"organisation: B {number}"
    saved: list[Callable[[], object]] = [
        partial(append, year, f"\nStycke {number}.\n"),
        partial(replace_in, report / "utfall/varden.csv", r";\d+;st", f";{number};st"),
        partial(comment, report, f"Det blev {number}."),
        partial(replace_in, content / CENTRE / "budget.yaml", r"krav: minst \d+ %", target),
        partial(a_picture, report / "bilder/hus.png", size=(number, 30)),
        partial(
            (report / "berattelse/nytt.md").write_text, "---\ntitel: Nytt\ndel: året\n---\nHej.\n", "utf-8"
        ),
        partial(replace_in, content / "webbplats.yaml", r"organisation: .*", name),
    ]
    return chance.sample(saved, len(saved))


def comment(report: Path, text: str) -> None:
    table = f"indikator;bakgrund;åtgärd\nA.1.1;{text};Vi fortsätter.\n"
    (report / "utfall/kommentarer.csv").write_text(table, "utf-8")


def replace_in(path: Path, pattern: str, new: str) -> None:
    path.write_text(re.sub(pattern, new, path.read_text("utf-8"), count=1), "utf-8")


def test_whatever_is_saved_each_address_shows_what_a_build_writes(others: Path, tmp_path: Path) -> None:
    workshop = Workshop(others)
    a_picture(others / LOCAL / "bilder/hus.png")
    append(others / LOCAL / "berattelse/aret.md", "\n![Ett hus](bilder/hus.png)\n")
    for save in (lambda: None, *edits(others, random.Random(1))):
        save()
        files, checked = workshop.site()
        assert publish(others, tmp_path / "ut").warnings == checked.warnings
        shown = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        assert shown == snapshot(tmp_path / "ut")


@pytest.mark.parametrize("kind", ["bytes", "cells", "columns", "text", "workbook", "yaml"])
def test_whatever_is_broken_and_mended_is_told_as_at_first(others: Path, tmp_path: Path, kind: str) -> None:
    one_workbook(others / CENTRE, MAKERS["utfall.xlsx"])
    sound, workshop = copy_of(others, tmp_path / "sound"), Workshop(others)
    for seed in range(2):
        MUTATIONS[kind](random.Random(seed), others)
        assert all_told(workshop) == all_told(Workshop(others))
        shutil.copytree(sound, others, dirs_exist_ok=True)
        assert all_told(workshop) == all_told(Workshop(others))


@pytest.mark.parametrize("name", ["bokslut.xlsx", "bokslut.ods"])
def test_what_is_wrong_in_a_definition_is_told_at_the_cell_it_has_moved_to(tmp_path: Path, name: str) -> None:
    table = {"id": "resultat", "titel": "Resultat", "måttenhet": "tkr", "diagramkolumn": "Borta"}
    amounts: Rows = [["post", "2021"], ["Intäkter", 100]]
    settings = "organisation: O\nframsida: r\nkontakt:\n  e-post: info@dalby.example\n"
    (tmp_path / "webbplats.yaml").write_text(settings, "utf-8")
    workshop = Workshop(tmp_path)
    for keys, cell in (([*table], "D2"), (["id", "titel", "diagramkolumn", "måttenhet"], "C2")):
        sheets = {"Tabeller": [keys, [table[key] for key in keys]], "resultat": amounts}
        report_in(tmp_path / "r", REPORT | sheets, name)
        with pytest.raises(ContentError) as told_of:
            workshop.check()
        places = [str(problem.place) for problem in told_of.value.problems if "Borta" in problem.found]
        assert places == [f"{tmp_path.name}/r/{name}, blad Tabeller, cell {cell}"]


def test_a_figure_of_an_earlier_year_is_told_at_the_cell_it_has_moved_to(tmp_path: Path) -> None:
    three_years(tmp_path, "minst förra året", 20, 30, 21)
    (tmp_path / "2022-prov/utfall/deltagare.csv").unlink()
    workshop = Workshop(tmp_path)
    heads = ["enhet", "rad", "kvinnor", "män"]
    rows: Rows = [heads, ["forbundet", "avslut", 20, 20], ["forbundet", "positiva", 15, 15]]
    for order in ((0, 1, 2, 3), (0, 2, 1, 3)):
        moved = [[row[column] for column in order] for row in rows]
        by_openpyxl(tmp_path / "2022-prov/utfall/deltagare.xlsx", {"Deltagare": moved})
        assert all_told(workshop) == all_told(Workshop(tmp_path))


def all_told(workshop: Workshop) -> str:
    try:
        return repr(workshop.check())
    except ContentError as error:
        return repr(error.problems)


def test_what_is_said_is_not_counted_again(others: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With disclosure control that would take long."""
    counted: list[str] = []

    def scored(report: Report) -> ScoredReport:
        counted.append(report.id)
        return score_report(report)

    monkeypatch.setattr("generator.checking.score_report", scored)
    comment(others / LOCAL, "Det gick trögt.")
    workshop = Workshop(others)
    workshop.site()
    a_picture(others / LOCAL / "bilder/hus.png")
    append(others / LOCAL / "berattelse/aret.md", "\nNytt.\n\n![Ett hus](bilder/hus.png)\n")
    comment(others / LOCAL, "Det gick lätt.")
    files, _ = workshop.site()
    assert counted == [LOCAL, CENTRE]
    assert b"Nytt." in files[f"{LOCAL}/aret.html"]
    assert "lätt".encode() in files[f"{LOCAL}/omrade-a.html"]


def test_only_what_has_changed_is_judged_again(others: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def problems(published: ShownReport, theme: Theme) -> list[Problem]:
        judged.append(published.report.id)
        return problems_of_pages(published, theme)

    monkeypatch.setattr("generator.checking.problems_of_pages", problems)
    workshop = Workshop(others)
    workshop.check()
    append(others / LOCAL / "berattelse/aret.md", "\nNytt.\n")
    workshop.check()
    assert judged == [LOCAL, CENTRE, LOCAL]


def test_what_was_made_of_a_report_that_is_gone_is_let_go(others: Path) -> None:
    gc.freeze()  # all that was before
    workshop = Workshop(others)
    made = weakref.ref(next(one for one in workshop.check().reports if one.report.id == "2017-bruket"))
    (others / "2017-bruket").rename(others / "2017-bruk")
    workshop.check()
    gc.collect()
    assert made() is None


def test_only_what_is_looked_at_is_rendered(others: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []

    def drawn(_: WebPages, template: str, *__: object, page: Page, **___: object) -> str:
        rendered.append(f"{template} {page.id}")
        return ""

    monkeypatch.setattr(WebPages, "_rendered", drawn)
    workshop = Workshop(others)
    for text in ("Ett stycke", "Ett till"):
        files, _ = workshop.site()
        assert files[f"{LOCAL}/aret.html"] == files[f"{LOCAL}/aret.html"]
        append(others / LOCAL / "berattelse/aret.md", f"\n{text}.\n")
    assert rendered == ["web.html aret"] * 2


def test_a_page_that_cannot_be_drawn_is_told_where_it_would_stand(host: Host) -> None:
    def faulty() -> str:
        raise ContentError(
            [Problem(Place("themes/eget/templates/a.html", 3), "mallen är fel", "Rätta mallen.")]
        )

    host.shown.show(
        SiteFiles({"r": Files(lambda: [("a.html", faulty), ("404.html", lambda: PAGE)])}, lambda _: ()), []
    )
    found = answer(host, "/r/a.html")
    assert (found.status, "Sidan går inte att visa än" in found.read().decode()) == (500, True)
    assert [problem["place"] for problem in host.shown.now.problems] == [
        "themes/eget/templates/a.html, rad 3"
    ]


def test_a_page_that_is_rendered_while_something_is_wrong_is_not_kept(
    others: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be by templates that are changed back before the rest is mended."""
    workshop, settings = Workshop(others), others / "webbplats.yaml"
    files, _ = workshop.site()
    edit(settings, f"framsida: {CENTRE}", "framsida: borta")
    with pytest.raises(ContentError):
        workshop.site()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(WebPages, "_rendered", lambda *_, **__: "fel mall")
        assert files[f"{LOCAL}/aret.html"] == b"fel mall"
    edit(settings, "framsida: borta", f"framsida: {CENTRE}")
    assert workshop.site()[0][f"{LOCAL}/aret.html"] != b"fel mall"


def test_a_template_that_has_changed_is_seen(
    others: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = copy_of(PROJECT / "templates", tmp_path / "templates")
    copy_of(PROJECT / "themes", tmp_path / "themes")
    monkeypatch.setattr("generator.fingerprints.PROJECT", str(tmp_path))
    monkeypatch.setattr("generator.editions.TEMPLATES", templates)
    workshop, path = Workshop(others), f"{LOCAL}/404.html"
    assert b"Till startsidan<" in workshop.site()[0][path]
    edit(templates / "404.html", "Till startsidan", "Till start")
    assert b"Till start<" in workshop.site()[0][path]


def test_pages_are_not_kept_where_some_of_what_they_are_made_by_cannot_be_told(
    others: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link among the templates may lead to anything."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "themes").mkdir()
    (tmp_path / "templates/web.html").symlink_to(PROJECT / "templates/web.html")
    monkeypatch.setattr("generator.fingerprints.PROJECT", str(tmp_path))
    workshop, path = Workshop(others), f"{LOCAL}/aret.html"
    assert workshop.site()[0][path] != b"ny mall"
    monkeypatch.setattr(WebPages, "_rendered", lambda *_, **__: "ny mall")
    assert workshop.site()[0][path] == b"ny mall"


def test_a_fault_in_a_page_that_is_looked_at_leaves_it_as_it_was(
    others: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, workshop = Shown(), Workshop(others)
    assert rebuild(workshop, shown, lambda _: None, lambda _: None)
    last, path = shown.now.files, f"{LOCAL}/aret.html"
    before = last[path]
    shown.seen.add(path)
    append(others / LOCAL / "berattelse/aret.md", "\nMer.\n")

    def drawn(*_: object, **__: object) -> str:
        raise LookupError("fel")

    monkeypatch.setattr(WebPages, "_rendered", drawn)
    assert not rebuild(workshop, shown, lambda _: None, lambda _: None)
    assert (shown.now.files, shown.now.files[path]) == (last, before)
    assert "programmet har ett fel" in shown.now.problems[0]["found"].lower()


def test_a_page_may_be_looked_at_while_others_are_made(others: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, workshop = Shown(), Workshop(others)
    shown.seen.add("index.html")

    def drawn(_: SiteFiles, path: str) -> bytes:
        shown.seen.add(f"{path}?")
        return b""

    monkeypatch.setattr(SiteFiles, "__getitem__", drawn)
    assert rebuild(workshop, shown, lambda _: None, lambda _: None)


def post(host: Host, path: str, asked: object, origin: str | None = "here") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", host.server_port, timeout=10)
    here = f"http://localhost:{host.server_port}"
    headers = {"Origin": here if origin == "here" else origin} if origin else {}
    connection.request("POST", f"/.forhandsvisning/{path}", json.dumps(asked), headers)
    return connection.getresponse().status


def test_an_editor_is_opened_at_a_line_of_the_content_only(
    centre: Path, tmp_path: Path, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, content = tmp_path / "opened", centre.parent
    command = f"open({str(opened)!r}, 'w').write(' '.join(sys.argv[1:]))"
    monkeypatch.setenv(EDITOR, f'{sys.executable} -c "import sys; {command}" {{fil}} {{rad}}')
    host.desk = Desk(Workshop(content), host.shown)
    name = f"{content.name}/{CENTRE}/budget.yaml"
    assert post(host, "oppna", {"file": name, "line": 3}) == 204
    until(lambda: opened.exists() and opened.read_text() == f"{content.parent / name} 3")
    for asked in ({"file": "../etc/passwd", "line": 1}, {"file": f"{content.name}/x", "line": 1}, {}, 7):
        assert post(host, "oppna", asked) == 404


@pytest.mark.parametrize("origin", [None, "https://elak.example"])
def test_nobody_else_may_ask_for_anything_to_be_done(host: Host, origin: str | None) -> None:
    assert post(host, "pdf/", {"report": "r"}, origin) == 403


def test_a_pdf_is_made_when_it_is_asked_for(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its state is that of the pages which it shows; of one that cannot be made, that it failed."""
    monkeypatch.setattr("generator.preview.desk.processes", ThreadPoolExecutor)
    monkeypatch.setattr("generator.preview.desk._pdf", lambda _, report: {"r": b"%PDF"}[report])
    for report, state in (("r", host.shown.now.pages), ("utan", FAILED)):
        assert post(host, "pdf/", {"report": report}) == 204
        until(lambda: host.shown.now.pdfs[report] != UNDER_WAY)  # noqa: B023 called at once
        assert host.shown.now.pdfs[report] == state
    assert answer(host, "/.forhandsvisning/pdf/r.pdf").read() == b"%PDF"


def test_what_is_shown_leads_to_where_it_is_written(centre: Path, host: Host) -> None:
    """Figures as the audit edition has them; paragraphs and indicators by their places on the page."""
    host.desk = Desk(Workshop(centre.parent), host.shown)
    page = answer(host, f"/.forhandsvisning/underlag/{CENTRE}/avdelning-verkstan.html").read().decode()
    assert "kalla-utfall-deltagare-csv.html" in page
    told = json.loads(answer(host, f"/.forhandsvisning/platser/{CENTRE}").read())
    spots = {(spot["anchor"], spot["block"]): (spot["file"], spot["line"]) for spot in told["spots"]}
    analysis = f"{centre.parent.name}/{CENTRE}/enheter/verkstan/analys.md"
    assert spots["analys-verkstan", 0] == (analysis, 1)
    assert ("i-2-1-2", None) in spots
    assert all(not anchor or f'id="{anchor}"' in page for anchor, _ in spots if anchor.startswith("analys"))


def until(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_busy_port_is_told(host: Host) -> None:
    with pytest.raises(ToldError, match="upptagen"):
        Host(host.server_port, host.shown, host.desk)


@pytest.mark.parametrize(
    ("place", "found", "marked"),
    [
        (Place("innehåll/r/t.csv", 2, "män"), "”tolv” är inte ett antal", ("a;", "tolv", ";5")),
        (Place("innehåll/r/t.csv", 2), "”5” är fel", ("a;tolv;", "5", "")),
        (Place("innehåll/r/t.csv", 2), "raden är fel", ("", "a;tolv;5", "")),
        (Place("innehåll/r/t.csv", 9), "raden finns inte", None),
        (Place("innehåll/r/t.csv"), "filen är fel", None),
        (Place("../etc/passwd", 1), "utanför", None),
    ],
)
def test_an_excerpt_marks_the_spot(
    tmp_path: Path, place: Place, found: str, marked: tuple[str, ...] | None
) -> None:
    content = tmp_path / "innehåll"
    (content / "r").mkdir(parents=True)
    (content / "r/t.csv").write_text("enhet;män;kvinnor\na;tolv;5\n", "utf-8")
    (problem,) = told([Problem(place, found, "Rätta.")], content)
    excerpt = problem["excerpt"]
    assert (tuple(excerpt.values()) if excerpt else None) == marked


def test_a_fault_of_a_template_is_told_at_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that only shows as the page is drawn; the last good page stays."""
    for markup, line in (("<p>\n{% if %}", 2), ("<p>\n\n{{ okänt }}", 3)):
        (tmp_path / "sida.html").write_text(markup, "utf-8")

        def drawn(*_: object, **__: object) -> None:
            environment([tmp_path]).get_template("sida.html").render()

        monkeypatch.setattr(Workshop, "site", drawn)
        shown, problems = Shown(), list[Problem]()
        shown.show(FILES, [])
        rebuild(Workshop(tmp_path), shown, problems.extend, print)
        assert [(Path(problem.place.file).name, problem.place.line) for problem in problems] == [
            ("sida.html", line)
        ]
        assert problems[0].found.startswith("mallen går inte att använda")
        assert shown.now.files == FILES
