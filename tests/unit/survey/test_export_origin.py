"""A synthetic file is known by its header, in every format."""

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from analysis.survey.export_origin import file_format, is_synthetic

MARK = "synthetisch_verzonnen_antwoorden"


@pytest.fixture(params=["csv", "csv utf-16", "xlsx", "sav"])
def write(request, tmp_path):
    def write_file(columns):
        kind = request.param.split()[0]
        path = tmp_path / f"export.{kind}"
        table = pd.DataFrame({column: ["ja"] for column in columns})
        if kind == "csv":
            table.to_csv(path, sep=";", index=False, encoding=(request.param.split()[1:] or ["cp1252"])[0])
        elif kind == "xlsx":
            table.to_excel(path, index=False)
        else:
            pyreadstat.write_sav(table, str(path))
        assert file_format(path) == kind
        return path

    return write_file


def test_a_synthetic_file_declares_itself(write):
    assert is_synthetic(write([MARK, "q01"]))


def test_a_real_file_does_not(write):
    assert not is_synthetic(write(["nummer", "q01"]))


def test_the_word_in_an_answer_makes_no_file_synthetic(tmp_path):
    (tmp_path / "a.csv").write_text(f"q01;q02\n{MARK};x\n")
    workbook = openpyxl.Workbook()
    workbook.active.append(["q01"])
    workbook.active.append([MARK])
    workbook.save(tmp_path / "a.xlsx")
    assert not is_synthetic(tmp_path / "a.csv")
    assert not is_synthetic(tmp_path / "a.xlsx")


def test_a_damaged_workbook_counts_as_real(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04" + MARK.encode())
    assert not is_synthetic(tmp_path / "a.xlsx")
