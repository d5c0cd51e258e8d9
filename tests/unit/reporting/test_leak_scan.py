"""Canaries planted in every kind of file are found and never repeated; what may be there is left alone."""

import json
from dataclasses import asdict

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.reporting.leak_scan import Secrets, find_leaks
from analysis.reporting.workbook import Sheet, build_workbook

ANSWER = "Wij lopen vast op de wachtlijsten bij de jeugdhulp in onze regio"
QUOTE = "het loket is goed te vinden voor ouders die uit elkaar gaan"
SECRETS = Secrets(
    pseudonyms=frozenset(["0128e0f9c8baec06"]),
    municipalities=frozenset(["Súdwest-Fryslân", "Schiermonnikoog", "Bergen op Zoom"]),
    ordinary_names=frozenset(["Best", "Utrecht"]),
    answers=(ANSWER, QUOTE, "Te weinig geld voor alles"),
    approved=(QUOTE,),
    columns=frozenset(["q04", "q18", "q19", "q21_a"]),
)
CANARIES = {
    "Mail naar j.jansen@gemeente.nl.": "e-mail address",
    "Mail naar jansen (at) gemeente.nl": "e-mail address",
    "Bel 06-12345678.": "telephone number",
    "Tel. 020 123 45 67": "telephone number",
    "+31 6 1234 5678": "telephone number",
    "Reactie 0128e0f9c8baec06": "pseudonym",
    "Schiermonnikoog heeft een aanpak": "name of a municipality",
    "de gemeente Best": "name of a municipality",
    "Súdwest-Fryslân": "name of a municipality",
    "GM0088": "name of a municipality",
    f"Een gemeente schreef: {ANSWER}.": "open answer that was not approved",
    "vast op de WACHTLIJSTEN, bij de jeugdhulp": "open answer that was not approved",
    "te weinig geld voor alles": "open answer that was not approved",
}
HARMLESS = [
    "27% (42) van de 153 gemeenten",
    "De provincie Utrecht, best veel gemeenten",
    "Herkomst: fdc5306497529cae",
    "2025-01-01: 0,065 tot 0,124 (n = 140)",
    "n = 0612, 14 september",
    f"“{QUOTE}”",
    "Te weinig geld",
    "Schiermonnikogen",
]


def html(text):
    return f"<!DOCTYPE html><html lang='nl'><body><p>{text}</p></body></html>".encode()


def kinds(name, content):
    return {leak.kind for leak in find_leaks([(name, content)], SECRETS)}


@pytest.mark.parametrize(("text", "kind"), CANARIES.items())
def test_a_canary_is_found_in_every_kind_of_file(text, kind):
    sheet = Sheet("figure_2", "Figuur 2", "Stand", pd.DataFrame({"label": ["Ja", text], "n": [1, 2]}))
    files = {
        "page.html": html(text),
        "drawing.svg": f"<svg><text>{text}</text></svg>".encode(),
        "table.csv": pd.DataFrame({"label": ["Ja", text]}).to_csv(index=False).encode(),
        "summary.json": json.dumps({"a": [{"b": text}]}).encode(),
        "README.md": f"# Titel\n\n{text}\n".encode(),
        "tables.xlsx": build_workbook([sheet], synthetic=True),
    }
    for name, content in files.items():
        assert kind in kinds(name, content), name


@pytest.mark.parametrize("text", HARMLESS)
def test_what_may_be_there_is_left_alone(text):
    assert kinds("page.html", html(text)) == set()


@pytest.mark.parametrize(
    "page",
    [
        "<p title='j@gemeente.nl'>x</p>",
        "<a href='mailto:j@gemeente.nl'>x</a>",
        "<!-- j@gemeente.nl -->",
        "<p>j@gem&#101;ente.nl</p>",
        "<p>j@<b>gemeente</b>.nl</p>",
        "<svg><desc>j@gemeente.nl</desc></svg>",
        "<p hidden>j@gemeente.nl</p>",
    ],
    ids=["attribute", "link", "comment", "reference", "across tags", "alternative", "hidden"],
)
def test_a_canary_cannot_hide_in_a_page(page):
    assert kinds("page.html", page.encode()) == {"e-mail address"}


def test_a_find_says_where_and_never_what():
    leaks = find_leaks([("a.csv", b"label\nJa\nbel 06-12345678\n")], SECRETS)
    assert [asdict(leak) for leak in leaks] == [{"file": "a.csv", "place": "row 3", "kind": "telephone number"}]


@pytest.mark.parametrize(
    "header", ["respondent_id,q04", "q04,q18,q19", "municipality,n"], ids=["pseudonym", "answers", "municipality"]
)
def test_rows_of_respondents_are_found_by_their_columns(header):
    row = ",".join("1" for _ in header.split(","))
    assert "rows of respondents" in kinds("a.csv", f"{header}\n{row}\n".encode())
    assert kinds("a.csv", b"question,option,n,count\nq04,a,153,42\n") == set()


def test_a_file_of_an_unknown_kind_is_refused():
    with pytest.raises(InputError, match=r"plot\.bin: nobody can tell what is in a file of this kind"):
        find_leaks([("plot.bin", b"\x00")], SECRETS)


def test_without_names_of_municipalities_nothing_is_a_municipality():
    assert find_leaks([("a.html", html("de gemeente Best"))], Secrets()) == []
