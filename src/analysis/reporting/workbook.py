"""All published tables in one workbook, with a sheet of contents; the same tables give the same bytes."""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from analysis.reporting.column_meanings import COLUMN_MEANINGS
from analysis.survey.unseen_characters import without_unseen

CONTENTS, COLUMNS = "Inhoud", "Kolommen"
TITLE = "Tabellen bij de quickscan relaties en scheiding 2025"
SYNTHETIC = "Synthetische gegevens: deze antwoorden zijn verzonnen. Gebruik ze niet als uitkomst."
FIXED_DATE = datetime(2025, 1, 1)
EARLIEST = (1980, 1, 1, 0, 0, 0)
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
LONGEST_NAME, WIDEST = 31, 60
HEAD = Font(bold=True, color="FFFFFF")
HEAD_FILL, WARNING_FILL = PatternFill("solid", fgColor="0B2A4A"), PatternFill("solid", fgColor="FFD23F")
LINK = Font(color="154273", underline="single")


@dataclass(frozen=True)
class Sheet:
    """A table as the workbook shows it.

    Parameters
    ----------
    name
        Name of the sheet and stem of the CSV file.
    title
        What the table shows, with its number in the report, in Dutch.
    page
        Title of the page on which it stands; empty when on none.
    table
        The table; text as text.
    """

    name: str
    title: str
    page: str
    table: pd.DataFrame


def build_workbook(sheets: Sequence[Sheet], *, synthetic: bool) -> bytes:
    """Return a workbook with the contents, the meaning of the columns, and a sheet per table.

    Parameters
    ----------
    sheets
        The tables in the order of the contents.
    synthetic
        Whether invented answers stand behind the tables: then the contents, the tabs and the printed headers say
        so.

    Raises
    ------
    ValueError
        When a name is too long for a sheet or stands there twice.
    """
    names = [sheet.name.lower() for sheet in sheets]
    if len({*names, CONTENTS.lower(), COLUMNS.lower()}) < len(names) + 2 or max(map(len, names)) > LONGEST_NAME:
        raise ValueError(f"names of sheets are at most {LONGEST_NAME} characters and unique: {names}")
    book = Workbook()
    _write_contents(book.active, sheets, synthetic=synthetic)
    _write_table(book.create_sheet(COLUMNS), _meanings(sheets))
    for sheet in sheets:
        _write_table(book.create_sheet(sheet.name), sheet.table)
    for page in book.worksheets:
        page.print_options.gridLines = True
        if synthetic:
            page.sheet_properties.tabColor = "FFD23F"
            page.oddHeader.center.text = SYNTHETIC
    book.properties.creator, book.properties.title, book.properties.language = "Quickscan", TITLE, "nl"
    book.properties.created = FIXED_DATE
    raw = BytesIO()
    book.save(raw)
    return _same_bytes(raw)


def _write_contents(page: Worksheet, sheets: Sequence[Sheet], *, synthetic: bool) -> None:
    page.title = CONTENTS
    _put(page.cell(1, 1), TITLE).font = Font(bold=True, size=14)
    if synthetic:
        warning = _put(page.cell(2, 1), SYNTHETIC)
        warning.font, warning.fill = Font(bold=True), WARNING_FILL
    for place, heading in enumerate(("Blad", "Wat het is", "Pagina", "Rijen"), start=1):
        _head(_put(page.cell(4, place), heading))
    for row, sheet in enumerate(sheets, start=5):
        link = _put(page.cell(row, 1), sheet.name)
        link.hyperlink, link.font = Hyperlink(ref=link.coordinate, location=f"'{sheet.name}'!A1"), LINK
        _put(page.cell(row, 2), sheet.title)
        _put(page.cell(row, 3), sheet.page)
        page.cell(row, 4).value = len(sheet.table)
    for letter, width in zip("ABCD", (28, 80, 40, 8), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A5"


def _meanings(sheets: Sequence[Sheet]) -> pd.DataFrame:
    used = dict.fromkeys(column for sheet in sheets for column in sheet.table.columns)
    rows = [(column, COLUMN_MEANINGS.get(column, "")) for column in sorted(used)]
    return pd.DataFrame(rows, columns=["Kolom", "Betekenis"])


def _write_table(page: Worksheet, table: pd.DataFrame) -> None:
    for place, name in enumerate(table.columns, start=1):
        _head(_put(page.cell(1, place), str(name)))
        widest = max([len(str(name)), *(len(str(value)) for value in table[name])])
        page.column_dimensions[get_column_letter(place)].width = min(widest + 2, WIDEST)
    for row, values in enumerate(table.itertuples(index=False, name=None), start=2):
        for place, value in enumerate(values, start=1):
            if not pd.isna(value):
                _put(page.cell(row, place), value)
    page.freeze_panes = "B2"


def _head(cell: Cell) -> None:
    cell.font, cell.fill, cell.alignment = HEAD, HEAD_FILL, Alignment(wrap_text=True, vertical="top")


def _put(cell: Cell, value: object) -> Cell:
    """Write a number as a number and anything else as text, which no spreadsheet runs."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        cell.value = without_unseen(str(value), mark="\ufffd")
        cell.data_type = "s"
    else:
        cell.value = value
    return cell


def _same_bytes(raw: BytesIO) -> bytes:
    """Write the parts again without the time, and without compression, which differs between machines."""
    written = BytesIO()
    with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as same:
        for name in parts.namelist():
            content = MODIFIED.sub(
                rb"\g<1>" + FIXED_DATE.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), parts.read(name)
            )
            information = zipfile.ZipInfo(name, date_time=EARLIEST)
            information.create_system = 3
            same.writestr(information, content)
    return written.getvalue()
