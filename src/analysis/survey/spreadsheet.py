"""Read the first sheet of an Excel workbook as text."""

import datetime
import re
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

from analysis.errors import InputError
from analysis.survey.raw_table import RawTable, refuse_large_cells

LARGEST_PART = 4 << 30  # bytes of one unpacked part of the workbook; more is no survey
MERGED = re.compile(rb'<mergeCell\b[^>]*?\bref="([A-Z]+\d+(?::[A-Z]+\d+)?)"')
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")


def read_spreadsheet(path: Path) -> RawTable:
    """Read a workbook with every cell as text; formulas are read as they were typed and never run.

    Parameters
    ----------
    path
        An ``.xlsx`` file whose first sheet has one header row and then one row per reaction.

    Raises
    ------
    InputError
        When the file is no workbook or damaged, the sheet is empty, cells are merged, or a row is wider than
        the header.
    """
    _refuse_what_is_no_workbook(path)
    try:
        # As a stream: of a path openpyxl would look at the ending.
        with path.open("rb") as stream:
            workbook = openpyxl.load_workbook(stream, read_only=True, keep_links=False)
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()
            rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    except Exception as error:  # a damaged workbook shows itself in as many ways as there are parts
        raise _damaged(path) from error
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise InputError(
            "the first sheet is empty", file=path, expected="a header and reactions", remedy="export again"
        )
    return refuse_large_cells(_as_text(rows, path), path)


def _refuse_what_is_no_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            if "xl/workbook.xml" not in parts:
                raise InputError(
                    "the file is a zip archive, but no Excel workbook",
                    file=path,
                    expected="an .xlsx file",
                    remedy="unpack it and give the export itself",
                )
            if any(part.file_size > LARGEST_PART for part in parts.values()):
                raise InputError(
                    f"the workbook unpacks to more than {LARGEST_PART >> 30} GB",
                    file=path,
                    expected="a survey",
                    remedy="export as CSV",
                )
            sheets = [name for name in parts if SHEET.match(name)]
            merged = _merged_cells(archive, sheets[0]) if len(sheets) == 1 else None
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise _damaged(path) from error
    if merged:
        raise InputError(
            "cells are merged",
            file=path,
            place=merged,
            expected="a cell of its own for each answer",
            remedy="unmerge them in the spreadsheet, or export again",
        )


def _merged_cells(archive: zipfile.ZipFile, sheet: str) -> str | None:
    with archive.open(sheet) as stream:
        tail = b""
        while block := stream.read(1 << 20):
            match = MERGED.search(tail + block)
            if match:
                return f"cells {match[1].decode()}"
            tail = block[-200:]
    return None


def _damaged(path: Path) -> InputError:
    return InputError(
        "the workbook is damaged or cut off",
        file=path,
        expected="a workbook that Excel opens",
        remedy="open it in Excel and save it again, or export again",
    )


def _as_text(rows: list[list], path: Path) -> RawTable:
    header = ["" if cell is None else str(cell) for cell in rows[0]]
    while header and not header[-1].strip():
        header.pop()
    width = len(header)
    for number, row in enumerate(rows[1:], start=2):
        if any(cell is not None for cell in row[width:]):
            position = next(index for index in range(width, len(row)) if row[index] is not None)
            raise InputError(
                "a cell lies beyond the last column of the header",
                file=path,
                place=f"row {number}, column {position + 1} ({get_column_letter(position + 1)})",
                expected=f"at most {width} columns",
                remedy="complete the header, or remove the cell",
            )
    columns, converted = {}, {}
    for position in range(width):
        cells = [row[position] if position < len(row) else None for row in rows[1:]]
        converted[position] = sum(cell is not None and not isinstance(cell, str) for cell in cells)
        columns[position] = pd.Categorical(pd.Series([_text(cell) for cell in cells], dtype="str"))
    index = pd.RangeIndex(2, 1 + len(rows), name="row")
    return RawTable(header, pd.DataFrame(columns, index=index), {"bestandsvorm": "Excel"}, converted=converted)


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case str():
            return unescape(cell)
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime.datetime():
            return cell.isoformat(sep=" ", timespec="seconds")
    return str(cell)
