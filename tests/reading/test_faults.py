"""Every mistake an author can make is told at its line, with what was found and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import process_time

import pytest

from generator.model.limits import MAX_FAULTS
from generator.model.places import Place, Problem, Severity
from tests.reading.small import small_report
from tests.support import YEAR, append, edit, only_problem_in, plain, problems_in, warnings_in


@dataclass(frozen=True)
class Fault:
    """A text in a file that is replaced; what is then said, and the line it is said about."""

    name: str
    file: str
    old: str
    new: str
    at: str
    found: str
    remedy: str


def line_of(path: Path, text: str) -> int:
    """The only line with a text; 0 when the fault is that of the whole file."""
    lines = [number for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if text in line]
    assert len(lines) == 1, f"{text!r} on lines {lines}"
    return lines[0]


def names(faults: list[Fault]) -> list[str]:
    return [fault.name for fault in faults]


def assert_told(problem: Problem, fault: Fault, year: Path) -> None:
    line = line_of(year / fault.file, fault.at) if fault.at else 0
    assert (problem.place.file, problem.place.line) == (f"content/{YEAR}/{fault.file}", line)
    assert fault.found in problem.found
    assert fault.remedy in problem.remedy
    assert problem.severity is Severity.ERROR


NAME = "    namn: Samhälls- och medlemsnytta\n"
BUDGET = [
    Fault("a tab in the indentation", "budget.yaml", NAME, NAME.replace("    ", "\t"),
          "medlemsnytta", "raden börjar med en tabb", "Byt tabben mot blanksteg"),
    Fault("a key twice", "budget.yaml", NAME, NAME + "    namn: Igen\n",
          "namn: Igen", "nyckeln ”namn” står två gånger, först på rad 7", "Behåll bara den ena"),
    Fault("a misspelt key", "budget.yaml", "idealvikt: 40 %", "idealvigt: 40 %",
          "idealvigt", "okänd nyckel ”idealvigt”", "Menade du ”idealvikt”?"),
    Fault("a misspelt measure", "budget.yaml", "mått: intyg", "mått: intygg",
          "mått: intygg", "måttet ”intygg” finns inte", "Menade du ”intyg”?"),
    Fault("no measure", "budget.yaml", "            mått: intyg\n", "",
          "- id: 4.3.1", "”mått” saknas", "Lägg till raden ”mått: …”"),
    Fault("a target that cannot be read", "budget.yaml", "krav: minst 40 %", "krav: ungefär 40 %",
          "ungefär", "kravet ”ungefär 40 %” går inte att tolka", "minst 80 %"),
    Fault("a target with a misspelt unit", "budget.yaml", "krav: minst 40 %", "krav: minst 40 procnet",
          "procnet", "kravet ”minst 40 procnet” går inte att tolka", "högst 20 procentenheter"),
    Fault("a target in a unit that does not fit the measure", "budget.yaml", "krav: uppfyllt",
          "krav: minst 33 %", "minst 33 %", "kravet ”minst 33 %” passar inte måttet ”intyg”", "uppfyllt"),
    Fault("no target", "budget.yaml", "            krav: uppfyllt\n", "",
          "- id: 4.3.1", "”krav” saknas", "Lägg till raden ”krav: …”"),
    Fault("an indicator twice", "budget.yaml", "- id: 2.3.1\n", "- id: 1.1.1 # igen\n",
          "# igen", "indikatorn ”1.1.1” finns redan", "eget id"),
    Fault("a weight in words", "budget.yaml", "vikt: 8\n", "vikt: åtta\n",
          "vikt: åtta", "”åtta” är inte ett heltal", "till exempel 10"),
    Fault("a weight with decimals", "budget.yaml", "vikt: 8\n", "vikt: 8,5\n",
          "vikt: 8,5", "”8,5” är inte ett heltal", "heltal"),
    Fault("no weight", "budget.yaml", "            vikt: 8\n", "",
          "- id: 1.1.1", "indikator 1.1.1 saknar vikt", "”utgår: …”"),
    Fault("a weight of nothing", "budget.yaml", "vikt: 8\n", "vikt: 0\n",
          "vikt: 0", "”vikt” är 0", "minst 1"),
    Fault("a weight of what is left out", "budget.yaml",
          "            utgår: Frågan", "            vikt: 10 # ett\n            utgår: Frågan",
          "# ett", "indikator 2.2.1 utgår men har en vikt", "Ta bort ”vikt”"),
    Fault("an ideal weight above all", "budget.yaml", "idealvikt: 40 %", "idealvikt: 140 %",
          "140 %", "”140 %” är inte en andel", "mellan 0 och 100"),
    Fault("an anchor", "budget.yaml", "idealvikt: 40 %", "idealvikt: &vikt 40 %",
          "&vikt", "ankare (&) och alias (*) stöds inte", "Skriv ut värdet"),
    Fault("a row that does not exist", "budget.yaml", "täljare: avslut\n", "täljare: avslutt\n",
          "avslutt", "raden ”avslutt” finns inte", "Menade du ”avslut”?"),
    Fault("a group that does not exist", "budget.yaml",
          "grupp: personal\n            fråga: trivs", "grupp: personel\n            fråga: trivs",
          "personel", "svarsgruppen ”personel” finns inte", "Menade du ”personal”?"),
    Fault("a question that does not exist", "budget.yaml", "fråga: trivs", "fråga: trivsel hemma",
          "trivsel hemma", "frågan ”trivsel hemma” finns inte", ""),
    Fault("an answer that does not exist", "budget.yaml", "svar: [Inte alls viktig]",
          "svar: [Inte ens viktig]", "Inte ens viktig", "svaret ”Inte ens viktig” finns inte",
          "Menade du ”Inte alls viktig”?"),
    Fault("a place that does not exist", "budget.yaml", "plats: Vindeln", "plats: Vindelen",
          "Vindelen", "platsen ”Vindelen” finns inte", "Menade du ”Vindeln”?"),
    Fault("a scope that does not exist", "budget.yaml", "gäller: enheter", "gäller: enheterna",
          "enheterna", "enheten ”enheterna” finns inte", "Menade du ”enheter”?"),
    Fault("two colons on a line", "budget.yaml", "namn: Deltagarnöjdhet", "namn: Deltagare: nöjdhet",
          "Deltagare: nöjdhet", "ett kolon till på samma rad", "inom citattecken"),
    Fault("a target that is a mapping", "budget.yaml", "krav: minst 40 %", "krav: {minst: 40 %}",
          "{minst", "kravet ”40 %” går inte att tolka", "Skriv till exempel minst 80 %"),
    Fault("a weight that is a list", "budget.yaml", "vikt: 8\n", "vikt: [8]\n",
          "[8]", "ett enda värde stå, men det är en lista", "på samma rad som nyckeln"),
    Fault("rows that are a list", "budget.yaml", "täljare: avslut\n", "täljare: [avslut, nya]\n",
          "[avslut", "det är en lista", "Skriv avslut + nya"),
    Fault("a measure that is a list", "budget.yaml", "mått: intyg", "mått: [intyg]",
          "[intyg]", "”mått” ska vara en text", "på en rad"),
    Fault("a scope that is no unit", "budget.yaml", "gäller: enheter", "gäller: [enheter, Hoppet]",
          "Hoppet", "enheten ”Hoppet” finns inte", "Välj bland"),
    Fault("a target of no unit", "budget.yaml", "krav: minst 40 %", "krav: {Hoppet: minst 40 %}",
          "Hoppet", "enheten ”Hoppet” finns inte", "Välj bland"),
    Fault("targets in different units", "budget.yaml", "krav: minst 40 %",
          "krav: {förbundet: minst 40 %, enheter: minst 40}",
          "minst 40}", "kraven är inte i samma måttenhet", "i en och samma måttenhet"),
    Fault("a key that is a list", "budget.yaml", "idealvikt: 40 %\n", "idealvikt: 40 %\n    [a, b]: c\n",
          "[a, b]", "före kolonet står en lista", "Skriv ”nyckel: värde”"),
    Fault("a row counted twice", "budget.yaml", "täljare: avslut\n", "täljare: avslut + Avslut\n",
          "+ Avslut", "raden ”Avslut” räknas två gånger", "Behåll bara den ena"),
    Fault("a target above all", "budget.yaml", "krav: minst 40 %", "krav: minst 140 %",
          "140", "kravet ”minst 140 %” ligger utanför det möjliga", "mellan 0 och 100 %"),
    Fault("a target of more points than there are", "budget.yaml",
          "krav: uppfyllt", "krav: högst 120 procentenheter", "120", "ligger utanför det möjliga", "100"),
    Fault("a change since no year at all", "budget.yaml",
          "plats: Vindeln\n", "plats: Vindeln\n            jämfört_med: 0\n", "jämfört_med",
          "”0” är inte ett årtal", "till exempel 2020"),
    Fault("a weight too long to be one", "budget.yaml", "vikt: 8\n", "vikt: 9999999999999\n",
          "9999999999999", "har fler än 12 siffror", "Kontrollera talet"),
    Fault("a fraction where percent are asked for", "budget.yaml", "idealvikt: 40 %", "idealvikt: 0,4",
          "idealvikt: 0,4", "”0,4” kan vara både 0,4 % och en andel av 1", "40 %"),
    Fault("an area with the name of another", "budget.yaml", "namn: Deltagarnöjdhet",
          "namn: Samhälls- och medlemsnytta # ett", "# ett", "två områden kan kallas", "olika namn"),
    Fault("an invisible sign", "budget.yaml", "idealvikt: 40 %", "idealvikt: 40 \x07%",
          "40 \x07%", "ett osynligt tecken", "Skriv om raden"),
    Fault("an invisible sign, spelled out", "budget.yaml",
          "namn: Deltagarnöjdhet", 'namn: "Deltagar\\0nöjdhet"',
          "Deltagar\\0", "värdet innehåller ett osynligt tecken", "Skriv om det"),
]  # fmt: skip
SETTINGS = [
    Fault("a theme that does not exist", "bokslut.yaml", "tema: umea", "tema: umeaa",
          "tema:", "temat ”umeaa” finns inte", "Menade du ”umea”?"),
    Fault("no title", "bokslut.yaml", "titel: Socialt bokslut 2021\n", "",
          "år: 2021", "”titel” saknas", "Lägg till raden ”titel: …”"),
    Fault("a year in words", "bokslut.yaml", "år: 2021", "år: i fjol",
          "år: i fjol", "”i fjol” är inte ett årtal", "period: tertial 2"),
    Fault("a year with its part", "bokslut.yaml", "år: 2021", "år: 2021-T2", "år: 2021-T2",
          "”2021-T2” är inte ett årtal", "En del av året skrivs på en egen rad: ”period: tertial 2”."),
    Fault("four signals alone", "bokslut.yaml", "  indexmål: 70 %", "  signaler: 4",
          "signaler: 4", "behövs en yttre marginal", "”yttre_marginal: 15 procentenheter” under"),
    Fault("a year long ago", "bokslut.yaml", "år: 2021", "år: 21",
          "år: 21", "”21” är inte ett årtal", "till exempel 2025"),
    Fault("a date in words", "bokslut.yaml", "publicerad: 2022-03-25", "publicerad: 25 mars 2022",
          "publicerad:", "”25 mars 2022” är inte ett datum", "år-månad-dag"),
    Fault("a misspelt rule", "bokslut.yaml", "  indexmål: 70 %", "  indexmålet: 70 %",
          "indexmålet", "okänd nyckel ”indexmålet”", "Menade du ”indexmål”?"),
    Fault("an unknown rounding", "bokslut.yaml", "halva uppåt", "uppåt",
          "avrundning", "värdet på ”avrundning” ”uppåt” finns inte", "”halva uppåt”"),
    Fault("a series twice", "bokslut.yaml",
          "serier:\n", "serier:\n  - id: Helårsekvivalenter # ett\n    namn: A\n",
          "- id: helårsekvivalenter", "serien ”helårsekvivalenter” finns redan", "eget id"),
    Fault("a share of no row", "bokslut.yaml", "namn: Arbete\n    andel_av: positiv_losning",
          "namn: Arbete\n    andel_av: positiv_losningar",
          "positiv_losningar", "raden ”positiv_losningar” finns inte", "Menade du ”positiv_losning”?"),
    Fault("a title that is empty", "bokslut.yaml", "titel: Socialt bokslut 2021", "titel: # ett",
          "# ett", "”titel” är tom", "Fyll i raden ”titel: …”"),
    Fault("a date in seconds", "bokslut.yaml", "publicerad: 2022-03-25", "publicerad: 86400",
          "86400", "”86400” är inte ett datum", "år-månad-dag"),
    Fault("an index target as a fraction", "bokslut.yaml", "indexmål: 70 %", "indexmål: 0,7",
          "0,7", "”0,7” kan vara både 0,7 % och en andel av 1", "procent"),
    Fault("a margin as a fraction", "bokslut.yaml", "  marginal: 5 procentenheter", "  marginal: 0.05",
          "0.05", "”0.05” kan vara både 0,05 % och en andel av 1", "5 procentenheter"),
    Fault("a unit with the name of another", "bokslut.yaml", "namn: Vännäs\n",
          "namn: Ungdomstorget # ett\n", "# ett", "två enheter kan kallas ”Ungdomstorget”", "olika namn"),
    Fault("a row with the id of another as its name", "bokslut.yaml", "namn: Arbete\n", "namn: Nya # ett\n",
          "# ett", "två rader kan kallas ”Nya”", "olika namn"),
    Fault("a table with the title of another", "bokslut.yaml",
          "titel: Högsta utbildning", "titel: ålder # ett", "# ett",
          "två tabeller kan kallas ”ålder”", "olika namn"),
]  # fmt: skip
SURVEY = [
    Fault("a group with the name of another", "enkat.yaml", "namn: Personal", "namn: Deltagare # ett",
          "# ett", "två svarsgrupper kan kallas ”Deltagare”", "olika namn"),
    Fault("a question with the text of another", "enkat.yaml", "text: Fungerar den lokala samverkan?",
          "text: Hur har du blivit bemött? # ett", "# ett", "två frågor kan kallas", "olika namn"),
    Fault("an answer twice on a scale", "enkat.yaml", "[Ja, Nej, Övriga svar]", "[Ja, Nej, ja, Övriga svar]",
          "[Ja", "svaret ”ja” står två gånger på skalan ”Ja eller nej”", "Behåll bara det ena"),
    Fault("a list that is no list", "enkat.yaml", "svar: [Ja, Nej, Övriga svar]", "svar: Ja och nej",
          "svar: Ja och nej", "”svar” ska vara en lista", "Skriv varje värde på en rad efter"),
    Fault("an answer that both counts and does not", "enkat.yaml",
          "svar: [Ja, Nej, Övriga svar]", "svar: [Ja, Nej, Övriga svar]\n    räknas_inte: [Nej]",
          "räknas_inte", "svaret ”Nej” står två gånger", "Behåll bara det ena"),
]  # fmt: skip
TABLES = [
    Fault("an outcome of no indicator", "utfall/varden.csv", "2.1.2;forbundet", "9.9.9;forbundet",
          "9.9.9", "indikatorn, raden eller serien ”9.9.9” finns inte", ""),
    Fault("a statement of no indicator", "utfall/intyg.csv", "4.3.1;ja", "4.3.10;ja",
          "4.3.10", "indikatorn ”4.3.10” finns inte", "Menade du ”4.3.1”?"),
    Fault("a statement of another measure", "utfall/intyg.csv", "4.3.1;ja", "4.4.1;ja",
          "4.4.1", "indikatorn 4.4.1 har inte måttet ”intyg”", "Ta bort raden"),
    Fault("a verdict that is neither", "utfall/intyg.csv", "4.3.1;ja", "4.3.1;kanske",
          "kanske", "svaret ”kanske” finns inte", "”ja” eller ”nej”"),
    Fault("a negative count", "utfall/deltagare.csv", "Ungdomstorget;nya;26", "Ungdomstorget;nya;-26",
          "-26", "”-26” är inte ett antal", "Skriv ett heltal"),
    Fault("a part of a person", "utfall/deltagare.csv", "Ungdomstorget;nya;26", "Ungdomstorget;nya;26,5",
          "26,5", "”26,5” är inte ett antal", "Skriv ett heltal"),
    Fault("a count in words", "utfall/deltagare.csv", "Ungdomstorget;nya;26", "Ungdomstorget;nya;många",
          "många", "”många” är inte ett antal", "till exempel 12"),
    Fault("a formula of a spreadsheet", "utfall/deltagare.csv", "Ungdomstorget;nya;26",
          "Ungdomstorget;nya;=26+0", "=26", "”=26+0” är inte ett antal", "Skriv ett heltal"),
    Fault("a unit that does not exist", "utfall/deltagare.csv", "Ungdomstorget;nya", "Ungdomstorgett;nya",
          "Ungdomstorgett", "enheten ”Ungdomstorgett” finns inte", "Menade du ”ungdomstorget”?"),
    Fault("a row that does not exist", "utfall/deltagare.csv", "Ungdomstorget;nya", "Ungdomstorget;nyaa",
          "nyaa", "raden ”nyaa” finns inte", "Menade du ”nya”?"),
    Fault("an empty cell", "utfall/grupper.csv", "styrelse;4;6", "styrelse;;6",
          "styrelse", "cellen är tom", "Fyll i ett värde"),
    Fault("a row twice", "utfall/grupper.csv", "styrelse;4;6", "Styrgrupp;4;6",
          "Styrgrupp", "samma rad finns två gånger", "lägg ihop dem"),
    Fault("a cell too many", "utfall/grupper.csv", "styrelse;4;6", "styrelse;4;6;10",
          "styrelse", "raden har 4 celler men tabellen 3 kolumner", "inom citattecken"),
    Fault("women and men that are not the total", "utfall/grupper.csv",
          "grupp;kvinnor;män\nstyrgrupp;11;9\nstyrelse;4;6",
          "grupp;kvinnor;män;totalt\nstyrgrupp;11;9;21\nstyrelse;4;6;10",
          "styrgrupp", "summan är 21, men kvinnor 11 + män 9 är 20", "Rätta det tal som är fel"),
    Fault("a misspelt column", "utfall/varden.csv", "serie;plats;", "serie;platts;",
          "serie;", "kolumnen ”platts” känns inte igen", "Menade du ”plats”?"),
    Fault("a missing column", "utfall/grupper.csv", "grupp;kvinnor;män", "grupp;kvinnor",
          "grupp;kvinnor", "kolumnen ”män” saknas", "Rubrikerna i filen är: grupp, kvinnor"),
    Fault("a column twice", "utfall/grupper.csv", "grupp;kvinnor;män", "grupp;kvinnor;män;Kvinnor",
          "grupp;kvinnor", "kolumnen ”kvinnor” finns två gånger", "Behåll den rätta"),
    Fault("a misspelt unit of measurement", "utfall/varden.csv",
          "Umeå;2021;2020;-0,3;procentenheter", "Umeå;2021;2020;-0,3;procentenehter",
          "procentenehter", "måttenheten ”procentenehter” känns inte igen", "Menade du ”procentenheter”?"),
    Fault("a value in another unit than its target", "utfall/varden.csv", "2021;;81;%;", "2021;;81;st;",
          "2.1.2", "värdet är i st, men kravet är ”40–60 %”", "samma måttenhet i båda"),
    Fault("an answer that is not on the scale", "utfall/enkat.csv",
          "styrgrupp;strategi;alla;Ja;17", "styrgrupp;strategi;alla;Jo;17",
          "alla;Jo;", "svaret ”Jo” finns inte på skalan", "”Ja”"),
    Fault("an answer counted twice", "utfall/enkat.csv",
          "styrgrupp;strategi;alla;Nej + Övriga svar;3", "styrgrupp;strategi;alla;Ja + Nej;3",
          "Ja + Nej;3", "svaret räknas redan på raden", "lägg ihop dem"),
    Fault("answers added up too far", "utfall/enkat.csv",
          "styrgrupp;strategi;alla;Ja;17\nstyrgrupp;strategi;alla;Nej + Övriga svar;3",
          "styrgrupp;strategi;alla;Ja + Nej;17\nstyrgrupp;strategi;alla;Övriga svar;3",
          "Ja + Nej;17", "indikator 4.1.2 inte kan räknas ut", "rader utan andra svar"),
    Fault("a sex that is not asked for", "utfall/enkat.csv",
          "styrgrupp;strategi;alla;Ja;17", "styrgrupp;strategi;samtliga;Ja;17",
          "samtliga", "könet ”samtliga” finns inte", "”alla”"),
    Fault("more points than possible", "utfall/redovisat.csv",
          "Ungdomstorget;2;38;44", "Ungdomstorget;2;45;44",
          "45;44", "45 uppnådda poäng är fler än de möjliga 44", "mot källan"),
    Fault("points of no area", "utfall/redovisat.csv", "Ungdomstorget;2;", "Ungdomstorget;7;",
          "Ungdomstorget;7", "området ”7” finns inte", "Välj bland"),
    Fault("a quotation mark left open", "utfall/enkat.csv", "deltagare;lyssnat;alla;Inte alls;2",
          'deltagare;lyssnat;alla;"Inte alls;2', '"Inte', "citattecknet är inte avslutat", "på samma rad"),
    Fault("a quotation mark left open at the end", "utfall/grupper.csv", "styrelse;4;6", 'styrelse;4;"6',
          "styrelse", "citattecknet är inte avslutat", "på samma rad"),
    Fault("a cell of two lines", "utfall/grupper.csv", "styrelse;4;6", '"styr\nelse";4;6',
          '"styr', "citattecknet är inte avslutat", "på samma rad"),
    Fault("a count with a full stop", "utfall/deltagare.csv", "Ungdomstorget;deltagare;121;",
          "Ungdomstorget;deltagare;1.000;", "1.000", "både som ett tusental och som decimaler",
          "Skriv 1000, eller 1 000"),
    Fault("a count with a comma", "utfall/deltagare.csv", "Ungdomstorget;deltagare;121;",
          "Ungdomstorget;deltagare;1,234;", "1,234", "både som ett tusental", "Skriv 1234, eller 1 234"),
    Fault("a count with stray spaces", "utfall/deltagare.csv", "Ungdomstorget;deltagare;121;",
          "Ungdomstorget;deltagare;1 2 7;", "1 2 7", "”1 2 7” är inte ett antal", "heltal"),
    Fault("last year's count with a full stop", "utfall/varden.csv", "deltagare;Ungdomstorget;2020;;244;",
          "deltagare;Ungdomstorget;2020;;1.244;", "1.244", "både som ett tusental", "Skriv 1244"),
    Fault("last year's count below nothing", "utfall/varden.csv", "deltagare;Ungdomstorget;2020;;244;",
          "deltagare;Ungdomstorget;2020;;-244;", "-244", "”-244” är inte ett antal", "heltal"),
    Fault("a count too long to be one", "utfall/deltagare.csv", "Ungdomstorget;deltagare;121;",
          "Ungdomstorget;deltagare;1234567890123;", "1234567890123", "har fler än 12 siffror", "Kontrollera"),
    Fault("a value too long to be one", "utfall/varden.csv", "2021;;81;%;", "2021;;0,8111111111111;%;",
          "0,8111111111111", "har fler än 12 siffror", "Kontrollera"),
    Fault("a share above all", "utfall/varden.csv", "2021;;81;%;", "2021;;181;%;",
          "181", "181 procent är inte möjligt", "mellan 0 och 100 %"),
    Fault("a share below nothing", "utfall/varden.csv", "2021;;81;%;", "2021;;-81;%;",
          "-81", "-81 procent är inte möjligt", "mellan 0 och 100 %"),
    Fault("a year of nothing", "utfall/varden.csv", "2.1.2;forbundet;2021;", "2.1.2;forbundet;0;",
          "2.1.2", "”0” är inte ett årtal", "till exempel 2021"),
    Fault("a change since no year", "utfall/varden.csv", "Umeå;2021;2020;", "Umeå;2021;20;",
          "Umeå;2021", "”20” är inte ett årtal", "till exempel 2021"),
    Fault("an invisible sign in a cell", "utfall/varden.csv", "2.1.2;forbundet;2021;;81;%;det",
          "2.1.2;forbundet;2021;;81;%;de\x07t",
          "\x07", "cellen innehåller ett osynligt tecken", "Skriv om den"),
    Fault("answers of women alone", "utfall/enkat.csv", "styrgrupp;dokumentation;alla;Ja;19\n"
          "styrgrupp;dokumentation;alla;Nej + Övriga svar;1", "styrgrupp;dokumentation;kvinnor;Ja;19",
          "styrgrupp;dokumentation", "frågan ”dokumentation” har svar, men inga rader för män eller alla",
          "Lägg till rader för män"),
]  # fmt: skip
STORY = "exempel/vad-jag-kunde.md"
TEXTS = [
    Fault("a text for no part", "berattelse/kontakt.md", "del: kontakt", "del: kontakter",
          "del:", "delen ”kontakter” finns inte", "Menade du ”kontakt”?"),
    Fault("a text that describes no indicator", "berattelse/kontakt.md", "del: kontakt",
          "del: kontakt\nindikator: 9.9", "indikator:", "indikatorn ”9.9” finns inte", ""),
    Fault("a story of no indicator", STORY, "indikator: 1.2.5\n", "",
          "titel:", "”indikator” saknas", "Lägg till raden ”indikator: …”"),
    Fault("a story of an unknown indicator", STORY, "indikator: 1.2.5", "indikator: 1.2.55",
          "indikator:", "indikatorn ”1.2.55” finns inte", "Menade du ”1.2.5”?"),
    Fault("a story that nobody has reviewed", STORY, "granskad_av: metodutvecklare\n", "",
          "titel:", "”granskad_av” saknas", "Lägg till raden"),
    Fault("an unknown key at the top", "berattelse/kontakt.md", "del: kontakt", "del: kontakt\nordnig: 3",
          "ordnig", "okänd nyckel ”ordnig”", "Menade du ”ordning”?"),
    Fault("an invisible sign in a text", "berattelse/kontakt.md", "Rättar vi", "Rättar\x08 vi",
          "\x08", "texten innehåller ett osynligt tecken", "Skriv om raden"),
    Fault("an order in words", "berattelse/kontakt.md", "del: kontakt", "del: kontakt\nordning: sist",
          "ordning", "”sist” är inte ett heltal", "heltal"),
]  # fmt: skip
REFERENCES = [
    Fault("a reference to no indicator", "berattelse/kontakt.md", "Rättar vi en uppgift",
          "Rättar vi {1.2.11} en uppgift", "{1.2.11}", "hänvisningen {1.2.11} går inte att tolka",
          "Menade du"),
    Fault("a misspelt row", "berattelse/kontakt.md", "Rättar vi en uppgift",
          "Rättar vi {deltagarre} en uppgift", "{deltagarre}", "hänvisningen {deltagarre}",
          "Menade du ”deltagare”?"),
    Fault("an empty reference", "berattelse/kontakt.md", "Rättar vi en uppgift",
          "Rättar vi {} en uppgift", "{}", "hänvisningen {}", "till exempel 1.2.1"),
    Fault("a reference to no unit", "enheter/vindeln/analys.md", "Vindeln är förbundets",
          "Vindeln {Vindelen: deltagare} är förbundets", "{Vindelen", "hänvisningen {Vindelen: deltagare}",
          "Menade du ”Vindeln”?"),
]  # fmt: skip
IN_FIGURES = [*BUDGET, *SURVEY, *TABLES]
IN_WORDS = [*SETTINGS, *TEXTS, *REFERENCES]


@pytest.mark.parametrize("fault", IN_FIGURES, ids=names(IN_FIGURES))
def test_a_fault_in_figures_is_told_at_its_line_with_its_remedy(outcomes: Path, fault: Fault) -> None:
    edit(outcomes / fault.file, fault.old, fault.new)
    assert_told(only_problem_in(outcomes.parent), fault, outcomes)


@pytest.mark.parametrize("fault", IN_WORDS, ids=names(IN_WORDS))
def test_a_fault_in_words_is_told_at_its_line_with_its_remedy(year: Path, fault: Fault) -> None:
    edit(year / fault.file, fault.old, fault.new)
    assert_told(only_problem_in(year.parent), fault, year)


# Files


@pytest.mark.parametrize("file", ["budget.yaml", "webbplats.yaml", "bokslut.yaml"])
def test_a_missing_file_is_told_with_what_to_do(content: Path, file: str) -> None:
    folder = content if file == "webbplats.yaml" else content / YEAR
    (folder / file).unlink()
    problem = problems_in(content)[0]
    assert "finns inte" in problem.found
    assert file in f"{problem.place} {problem.found}"
    assert problem.remedy


@pytest.mark.parametrize("file", ["budget.yaml", "utfall/varden.csv", "berattelse/kontakt.md"])
@pytest.mark.parametrize("content_of_file", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(year: Path, file: str, content_of_file: bytes) -> None:
    (year / file).write_bytes(content_of_file)
    problem = only_problem_in(year.parent)
    assert (problem.place, problem.found) == (Place(f"content/{YEAR}/{file}"), "filen är tom")


@pytest.mark.parametrize("file", ["budget.yaml", "utfall/varden.csv", "berattelse/kontakt.md"])
@pytest.mark.parametrize(
    ("data", "found", "remedy"),
    [
        (b"a\0b", "filen går inte att läsa som text", "UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x81\x8d", "filen går inte att läsa som text", "UTF-8"),
        (b"PK\x03\x04\x00\x00", "filen är ingen text, utan en arbetsbok eller ett dokument", ".docx"),
        ("mÃ¤n och Ã¥r".encode(), "å, ä och ö har blivit andra tecken", "Hämta filen på nytt"),
        ("män och år".encode("mac-roman"), "å, ä och ö har blivit andra tecken", "Hämta filen på nytt"),
        ("m\ufffdn".encode(), "å, ä och ö har blivit andra tecken", "Hämta filen på nytt"),
    ],
)
def test_a_file_that_is_not_text_is_told(year: Path, file: str, data: bytes, found: str, remedy: str) -> None:
    (year / file).write_bytes(data)
    problem = only_problem_in(year.parent)
    assert found in problem.found
    assert remedy in problem.remedy


def test_a_file_that_is_too_large_is_told(year: Path) -> None:
    (year / "utfall/varden.csv").write_bytes(b" " * 20_000_001)
    assert "större än 20 MB" in only_problem_in(year.parent).found


def test_a_file_that_is_a_link_out_of_the_folder_is_not_read(year: Path, tmp_path: Path) -> None:
    secret = tmp_path / "hemligt.csv"
    secret.write_text("grupp;kvinnor;män\nhemlig;1;1\n", "utf-8")
    (year / "utfall/grupper.csv").unlink()
    (year / "utfall/grupper.csv").symlink_to(secret)
    assert "länk ut ur mappen" in only_problem_in(year.parent).found


def test_deeply_nested_yaml_is_refused(year: Path) -> None:
    append(year / "enkat.yaml", "djupt: " + "[" * 40 + "]" * 40 + "\n")
    assert any("för många nivåer" in problem.found for problem in problems_in(year.parent))


def test_bottomless_yaml_is_refused(year: Path) -> None:
    append(year / "enkat.yaml", "djupt: " + "[" * 50_000 + "\n")
    assert [problem.place.file for problem in problems_in(year.parent)] == [f"content/{YEAR}/enkat.yaml"]


def test_a_line_of_nothing_but_curly_quotes_takes_no_time(year: Path) -> None:
    """Each was looked at with all that follow it."""
    (year / "enkat.yaml").write_text(f"\ta: [{', “b' * 100_000}", "utf-8")
    start = process_time()
    assert only_problem_in(year.parent).found == "raden börjar med en tabb"
    (year / "enkat.yaml").write_text(f"a: [{', “b' * 100_000}", "utf-8")
    assert problems_in(year.parent) != []
    assert process_time() - start < 10


def test_yaml_that_grows_without_bounds_is_refused(year: Path) -> None:
    lines = [
        "a: &a [x, x]",
        *(f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    ]
    (year / "enkat.yaml").write_text("\n".join(lines), "utf-8")
    assert "ankare" in only_problem_in(year.parent).found


def test_a_yaml_file_that_is_a_list_is_told(year: Path) -> None:
    (year / "enkat.yaml").write_text("- a\n- b\n", "utf-8")
    assert "”nyckel: värde”" in only_problem_in(year.parent).found


# Texts


def test_a_text_without_particulars_is_told(year: Path) -> None:
    (year / "berattelse/kontakt.md").write_text("Bara text.\n", "utf-8")
    problem = only_problem_in(year.parent)
    assert problem.place.line == 1
    assert "uppgifterna överst i filen saknas" in problem.found


def test_particulars_that_never_end_are_told(year: Path) -> None:
    (year / "berattelse/kontakt.md").write_text("---\ntitel: A\ndel: kontakt\nText.\n", "utf-8")
    assert "uppgifterna överst i filen är inte avslutade" in only_problem_in(year.parent).found


def test_particulars_of_an_analysis_that_never_end_are_told(year: Path) -> None:
    text = (year / "enheter/vindeln/analys.md").read_text("utf-8")
    (year / "enheter/vindeln/analys.md").write_text(f"---\ntitel: Analys\n{text}", "utf-8")
    assert "inte avslutade" in only_problem_in(year.parent).found


def test_a_text_with_nothing_but_particulars_is_told(year: Path) -> None:
    (year / "berattelse/kontakt.md").write_text("---\ntitel: A\ndel: kontakt\n---\n", "utf-8")
    assert "texten är tom" in only_problem_in(year.parent).found


def test_a_story_of_an_unknown_unit_is_told(year: Path) -> None:
    edit(year / STORY, "indikator: 1.2.5\n", "indikator: 1.2.5\nenhet: vindelnn\n")
    problem = only_problem_in(year.parent)
    assert "enheten ”vindelnn” finns inte" in problem.found
    assert "Menade du ”vindeln”?" in problem.remedy


def test_a_unit_is_known_by_its_names_where_stories_and_analyses_say_it(year: Path) -> None:
    edit(year / "bokslut.yaml", "namn: Vindeln\n", "namn: Plattform Vindeln\n")
    edit(year / STORY, "indikator: 1.2.5\n", "indikator: 1.2.5\nenhet: Plattform Vindeln\n")
    (year / "enheter/vindeln").rename(year / "enheter/Plattform Vindeln")
    assert problems_in(year.parent) == []


def test_an_analysis_of_no_unit_is_told(year: Path) -> None:
    (year / "enheter/vindeln").rename(year / "enheter/vindelen")
    problem = only_problem_in(year.parent)
    assert problem.place.file == f"content/{YEAR}/enheter/vindelen/analys.md"
    assert "motsvarar ingen enhet" in problem.found


def test_a_composite_of_itself_is_told(year: Path) -> None:
    composite = "mått: sammansatt\n            indikatorer: [4.4.1, 4.3.1]"
    edit(year / "budget.yaml", "mått: intyg", composite)
    (year / "utfall/intyg.csv").unlink()
    assert "sammansatt av sig själv" in only_problem_in(year.parent).found


# Series


def test_a_change_in_another_unit_than_its_target_is_told(year: Path) -> None:
    target = "högst 2 procentenheter"
    vannas = "plats: Vännäs\n            gäller: förbundet\n            krav: "
    edit(year / "budget.yaml", f"{vannas}minskning", f"{vannas}{target}")
    edit(year / "utfall/varden.csv", "Vännäs;2021;2020;-0,9;procentenheter", "Vännäs;2021;2020;-0,9;personer")
    problem = only_problem_in(year.parent)
    assert problem.place.file.endswith("varden.csv")
    assert f"kravet är ”{target}”" in problem.found


@pytest.mark.parametrize("written", ["-3", "3,5", "1.000"])
def test_a_value_of_what_is_counted_is_a_count(others: Path, written: str) -> None:
    edit(others / "2017-bruket/utfall/varden.csv", "B.1.2;2017;3;", f"B.1.2;2017;{written};")
    problem = only_problem_in(others)
    assert (problem.place.line, problem.place.column) == (2, "värde")
    assert written in problem.found


# Warnings


def test_a_weight_above_ten_is_a_warning_only(year: Path) -> None:
    edit(year / "budget.yaml", "vikt: 8\n", "vikt: 11\n")
    assert [one.found for one in warnings_in(year.parent)] == ["vikten är 11, högre än 10"]


def test_an_area_far_from_its_ideal_weight_is_a_warning_only(year: Path) -> None:
    edit(year / "budget.yaml", "idealvikt: 40 %", "idealvikt: 50 %")
    edit(year / "budget.yaml", "idealvikt: 25 %", "idealvikt: 15 %")
    assert [one.place.line for one in warnings_in(year.parent)] == [8, 93]
    (warning, _) = warnings_in(year.parent)
    assert "Samhälls- och medlemsnytta har 38 % av poängen, men idealvikten är 50 %" in plain(warning.found)


@pytest.mark.parametrize("threshold", ["av", "5"])
def test_a_part_larger_than_its_whole_is_told_whatever_is_hidden(others: Path, threshold: str) -> None:
    year = others / "2023-arbetscentrum"
    edit(year / "bokslut.yaml", "röjandekontroll: av", f"röjandekontroll: {threshold}")
    edit(year / "utfall/deltagare.csv", "Köket;Avslutade;5;3;0", "Köket;Avslutade;5;3;1")
    assert "Köket: avslutade (ej angivet) är 1, men" in only_problem_in(others).found


def test_a_table_where_everything_is_wrong_is_not_read_to_its_end(year: Path) -> None:
    rows = (f"Vännäs;avslut{number}x;1;2\n" for number in range(4_000))
    append(year / "utfall/deltagare.csv", "".join(rows))
    told = [one for one in problems_in(year.parent) if one.place.file.endswith("deltagare.csv")]
    assert len(told) == MAX_FAULTS + 2
    assert told[-1].found == "tabellen har fler än 1000 fel, och resten av den är inte läst"


@pytest.mark.parametrize(
    "address",
    [
        "https://exempel.se/?a=b",
        "https://exempel.se/#a",
        "https://en:annan@exempel.se/",
        "https:///",
        "https://[::1/",
        "//a.se",
        "https://exempel.se/{a}/",
        "https://exempel.se/$host/",
        "https://exempel.se/../a/",
        "https://exempel.se//a.se/",
    ],
)
def test_the_address_of_the_site_has_nothing_that_hosts_take_for_rules_or_another_address(
    tmp_path: Path, address: str
) -> None:
    small_report(tmp_path, "mått: berättelser, krav: minst 1")
    append(tmp_path / "webbplats.yaml", f"basadress: {address}\n")
    assert only_problem_in(tmp_path).found == f"”{address}” är inte adressen till en webbplats"
