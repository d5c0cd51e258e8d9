"""One workbook: contents that lead to the sheets, numbers as numbers, text as text, the same bytes every time."""

import zipfile
from datetime import datetime
from io import BytesIO

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.reporting.workbook import COLUMNS, CONTENTS, SYNTHETIC, Sheet, build_workbook

TABLE = pd.DataFrame({"label": ["=1+1", "Ja"], "count": [3, 4], "share": [0.25, None], "n": ["x", None]})
SHEETS = [
    Sheet("figure_2", "Figuur 2 Stand van de aanpak", "Waar staan gemeenten?", TABLE),
    Sheet("ledger", "Wat is weggelaten", "", TABLE.iloc[:0]),
]


@pytest.fixture
def book():
    return load_workbook(BytesIO(build_workbook(SHEETS, synthetic=True)))


def test_contents_come_first_and_lead_to_every_sheet(book):
    assert book.sheetnames == [CONTENTS, COLUMNS, "figure_2", "ledger"]
    page = book[CONTENTS]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=5)]
    assert rows == [
        ["figure_2", "Figuur 2 Stand van de aanpak", "Waar staan gemeenten?", 2],
        ["ledger", "Wat is weggelaten", None, 0],
    ]
    assert [page.cell(row, 1).hyperlink.location for row in (5, 6)] == ["'figure_2'!A1", "'ledger'!A1"]


def test_numbers_are_numbers_text_is_text_and_what_is_missing_is_empty(book):
    page = book["figure_2"]
    assert [cell.value for cell in page[1]] == list(TABLE.columns)
    assert [cell.value for cell in page[2]] == ["=1+1", 3, 0.25, "x"]
    assert [cell.value for cell in page[3]] == ["Ja", 4, None, None]
    assert page["A2"].data_type == "s", "no formula"
    assert page.freeze_panes == "B2"


def test_columns_are_explained(book):
    rows = {row[0].value: row[1].value for row in book[COLUMNS].iter_rows(min_row=2)}
    assert rows["share"].startswith("aandeel")
    assert set(rows) == set(TABLE.columns)


def test_invented_answers_are_called_so_on_every_sheet_and_only_then(book):
    assert book[CONTENTS]["A2"].value == SYNTHETIC
    assert all(page.oddHeader.center.text == SYNTHETIC for page in book.worksheets)
    real = load_workbook(BytesIO(build_workbook(SHEETS, synthetic=False)))
    assert real[CONTENTS]["A2"].value is None
    assert all(page.oddHeader.center.text is None for page in real.worksheets)


def test_another_moment_gives_the_same_bytes(monkeypatch):
    first = build_workbook(SHEETS, synthetic=True)

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2031, 5, 6, 7, 8, 9, tzinfo=tz)

    monkeypatch.setattr("openpyxl.workbook._writer.datetime", Later, raising=False)
    monkeypatch.setattr("openpyxl.writer.excel.datetime.datetime", Later, raising=False)
    assert build_workbook(SHEETS, synthetic=True) == first
    with zipfile.ZipFile(BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {part.compress_type for part in parts.infolist()} == {zipfile.ZIP_STORED}
        assert parts.read("docProps/core.xml").count(b"2025-01-01T00:00:00Z") == 2


@pytest.mark.parametrize("names", [["a", "A"], ["inhoud"], ["x" * 32]])
def test_names_that_no_sheet_can_have_are_refused(names):
    with pytest.raises(ValueError, match="names of sheets"):
        build_workbook([Sheet(name, "", "", TABLE) for name in names], synthetic=False)
