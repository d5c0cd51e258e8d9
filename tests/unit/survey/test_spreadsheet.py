"""A workbook that is none is refused in one line that says where it is wrong and what to do."""

import zipfile

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.survey.intake import read_export

SECRET = "Geheimdorp"


def zipped(path, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)


def workbook(path, rows, merge=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    book.save(path)


BOOK_CASES = {
    "a zip archive renamed": (
        lambda path, rows: zipped(path, answers="x"),
        "a zip archive, but no Excel workbook",
    ),
    "text renamed": (lambda path, rows: path.write_text("a;b"), r"is called .xlsx but is none"),
    "nothing in it": (lambda path, rows: workbook(path, []), "the first sheet is empty"),
    "no parts": (lambda path, rows: zipped(path, xl__workbook_xml="<x/>"), "the workbook is damaged"),
    "merged header cells": (lambda path, rows: workbook(path, rows, "B1:C1"), "cells B1:C1: cells are merged"),
    "merged answers": (lambda path, rows: workbook(path, rows, "B2:B3"), "cells B2:B3: cells are merged"),
    "a cell beyond the header": (
        lambda path, rows: workbook(path, [*rows[:1], [*rows[1], None, "x"]]),
        r"row 2, column \d+ \([A-Z]+\): a cell lies beyond the last column",
    ),
    "two header rows": (lambda path, rows: workbook(path, [rows[0], *rows]), "row 2: the row under the header"),
    "a long cell": (
        lambda path, rows: workbook(path, [rows[0], [*rows[1][:-1], "x" * 32_767], *rows[2:]]),
        None,
    ),
}


@pytest.mark.parametrize("case", BOOK_CASES)
def test_a_workbook_that_is_none(tmp_path, instrument, mapping, reaction, case):
    make, message = BOOK_CASES[case]
    path = tmp_path / "export.xlsx"
    make(path, [list(mapping.values()), *(list(reaction(number, q01=SECRET).values()) for number in (1, 2))])
    if message is None:
        assert len(read_export(path, instrument, mapping).reactions) == 2
        return
    with pytest.raises(InputError, match=message) as refusal:
        read_export(path, instrument, mapping)
    assert "to do: " in str(refusal.value)
    assert SECRET not in str(refusal.value)


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_a_workbook_that_is_cut_off(tmp_path, instrument, mapping, reaction, share):
    path = tmp_path / "export.xlsx"
    pd.DataFrame([reaction(1), reaction(2)], dtype="str").to_excel(path, index=False)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(InputError, match="damaged or cut off"):
        read_export(path, instrument, mapping)


@pytest.fixture(scope="module")
def book_bytes(tmp_path_factory, mapping, reaction):
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    workbook(path, [list(mapping.values()), *(list(reaction(number).values()) for number in (1, 2))])
    return path.read_bytes()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused(tmp_path, instrument, mapping, book_bytes, data):
    raw = bytearray(book_bytes)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(4, len(raw) - 1))
        raw[at : at + 8] = data.draw(st.binary(min_size=1, max_size=8))
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(raw))
    try:
        read_export(path, instrument, mapping)
    except InputError as refusal:
        assert "to do: " in str(refusal)
